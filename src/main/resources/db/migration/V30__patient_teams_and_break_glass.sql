-- Which teams care for a patient: the team that sent the patient in, and those that referrals named.
create table patient_team (
  patient_id       text        not null,
  team             text        not null,
  primary key (patient_id, team)
);
create index patient_team_of on patient_team (team, patient_id);
create index patient_team_site on patient_team (split_part(team, '/', 1), patient_id);

-- Patients that were there before patients had teams. The store makes its own tables after these.
do $$
begin
  if to_regclass('hfj_resource') is not null then
    insert into patient_team (patient_id, team) select fhir_id, '' from hfj_resource where res_type = 'Patient';
  end if;
end $$;
insert into patient_team (patient_id, team) select distinct patient_id, 'main' from pathway;

-- Somebody opened the record of a patient of another team, in an emergency. Each is reviewed by an auditor.
create table break_glass (
  id               uuid        primary key,
  patient_id       text        not null,
  person           text        not null,
  display          text        not null,
  reason           text        not null,
  opened_at        timestamptz not null,
  until            timestamptz not null,
  reviewed_by      text,
  reviewed_at      timestamptz
);
create index break_glass_open on break_glass (person, patient_id, until);
create index break_glass_review on break_glass (opened_at desc) where reviewed_at is null;
