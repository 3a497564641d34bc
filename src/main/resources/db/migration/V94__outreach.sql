-- Messages to patients and staff: written in the transaction that wants them, claimed before they are handed over, and
-- handed over with the patient's pathway locked, so that a death stops them (ADR 0038).
create table outreach_message (
  -- Also the id of the Communication that tells what became of it.
  id           uuid        primary key,
  -- question, appointment, alarm.
  purpose      text        not null,
  pathway      uuid        not null references pathway (id),
  -- Null for staff.
  patient      text,
  -- What set it off: the BPMN element, and the id of the Task or Appointment.
  element      text        not null,
  about        text        not null,
  -- Which of the messages about the same thing this is, from 1: there is one of each.
  rung         int         not null,
  channel      text        not null check (channel in ('mail', 'sms', 'letter', 'pager')),
  address      text        not null,
  language     text        not null,
  due_at       timestamptz not null,
  state        text        not null check (state in
    ('waiting', 'claimed', 'handed-over', 'delivered', 'failed', 'unsure', 'stopped')),
  attempts     int         not null default 0,
  -- By the database's own clock: a clock that is moved in a demo makes nothing stale.
  claimed_at   timestamptz,
  ended_at     timestamptz,
  -- By what the gateway knows it.
  gateway_id   text,
  -- Why it was not taken, or stopped.
  said         text,
  unique (purpose, about, rung, channel, address)
);

create index outreach_message_due on outreach_message (due_at) where state in ('waiting', 'claimed');
create index outreach_message_about on outreach_message (about);
create index outreach_message_pathway on outreach_message (pathway);
create index outreach_message_gateway on outreach_message (gateway_id) where gateway_id is not null;

-- Channels by which a patient does not want to be written to any more, told by a link.
create table outreach_refusal (
  patient      text        not null,
  channel      text        not null,
  at           timestamptz not null,
  primary key (patient, channel)
);
