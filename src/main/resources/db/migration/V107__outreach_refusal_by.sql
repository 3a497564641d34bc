-- Who told that a patient does not want to be written to by a channel: the patient by a link, or a person of the staff.
alter table outreach_refusal add column said_by text not null default 'patient';
