-- What the hospital's systems are to receive: written in the transaction of the step that wrote it, then sent once, in
-- order for each patient and site (ADR 0033).
create table outbox_entry (
  -- The order of writing.
  id           bigint      generated always as identity primary key,
  site         text        not null,
  -- Id of our Patient: entries of one site and patient are sent one after the other.
  patient      text        not null,
  pathway      uuid        not null,
  pathway_key  text        not null,
  -- Name of the row of the table of what is sent.
  kind         text        not null,
  -- Type/id of the resource here.
  subject      text        not null,
  -- The resource as it was written.
  content      text        not null,
  written_at   timestamptz not null default now(),
  -- new, hand (a person enters it in the EHR), done, dead, aside.
  state        text        not null check (state in ('new', 'hand', 'done', 'dead', 'aside')),
  -- Attempts that were begun; from the second on it is not known what became of the one before.
  attempts     int         not null default 0,
  -- Attempts that failed by what is in the entry, and not because the site was away.
  tries        int         not null default 0,
  due_at       timestamptz not null default now(),
  finished_at  timestamptz,
  -- How it went or goes: native, document, communication, message, hand.
  rung         text,
  said         text,
  fault        text,
  -- For a person to enter: what, who (a role), until when, and who did.
  entry_text   text,
  owner        text,
  enter_by     timestamptz,
  entered_by   text,
  replays      int         not null default 0,
  replayed_by  text,
  aside_by     text,
  aside_why    text
);

create index outbox_entry_turn on outbox_entry (site, id) where state = 'new';
create index outbox_entry_lane on outbox_entry (site, patient, id) where state = 'new';
-- By -id, as in the inbox: the newest of a state is found without looking through the others.
create index outbox_entry_site on outbox_entry (site, state, (-id));
create index outbox_entry_patient on outbox_entry (patient);
create index outbox_entry_written on outbox_entry (written_at);

-- What each site has of each resource.
create table outbox_written (
  site         text        not null,
  subject      text        not null,
  rung         text        not null,
  -- Type/id there; null where it has no id there.
  ehr_id       text,
  -- Type/id of it there as the resource it is, also where a change of it was said in words; null where it is not there so.
  native_id    text,
  -- The newest entry that was sent: what is older never overwrites it.
  entry        bigint      not null,
  -- SHA-256 of what was sent, and the resource it was made of.
  digest       text        not null,
  content      text        not null,
  at           timestamptz not null default now(),
  primary key (site, subject)
);
create index outbox_written_ehr on outbox_written (site, ehr_id);
create index outbox_written_native on outbox_written (site, native_id);

-- Sites to which nothing is sent for the moment.
create table outbox_pause (
  site         text        primary key,
  paused_by    text        not null,
  at           timestamptz not null default now()
);

-- What people of a role have to enter by hand.
create index outbox_entry_hand on outbox_entry (owner, enter_by) where state = 'hand';
