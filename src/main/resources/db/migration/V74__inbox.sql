-- What other systems have sent: kept first, acknowledged, then handled once, in order for each patient (ADR 0021).
create table inbox_message (
  -- The order of arrival.
  id           bigint      generated always as identity primary key,
  source       text        not null,
  -- The control id, or resource and version: the same of one source is the same message.
  message_id   text        not null,
  -- SHA-256 of the content.
  digest       text        not null,
  format       text        not null,
  kind         text        not null,
  -- Whose it is, as the source names patients; messages that share one are handled one after the other. The other one is
  -- that of a patient who is merged.
  lane         text        not null,
  other_lane   text,
  -- When the source says that it was so.
  said_at      timestamptz,
  content      bytea       not null,
  received_at  timestamptz not null default now(),
  -- False where the sender was told that it is refused.
  accepted     boolean     not null,
  -- new, held (waits for its patient), asked (waits for a person), done, dead.
  state        text        not null check (state in ('new', 'held', 'asked', 'done', 'dead')),
  attempts     int         not null default 0,
  due_at       timestamptz not null default now(),
  finished_at  timestamptz,
  -- What it did, or why it did not.
  said         text,
  -- Ids of the Patients that it concerns, once known.
  patients     text[]      not null default '{}',
  -- How often the sender has sent it.
  times        int         not null default 1,
  replays      int         not null default 0,
  replayed_by  text
);

create unique index inbox_message_once on inbox_message (source, message_id) where accepted;
create unique index inbox_message_refused on inbox_message (source, message_id, digest) where not accepted;
create index inbox_message_new on inbox_message (id) where state = 'new';
create index inbox_message_lane on inbox_message (lane, id) where state in ('new', 'held');
create index inbox_message_other_lane on inbox_message (other_lane, id)
  where state in ('new', 'held') and other_lane is not null;
create index inbox_message_state on inbox_message (state, id);
create index inbox_message_received on inbox_message (received_at);
create index inbox_message_patients on inbox_message using gin (patients);

-- Sources whose messages are kept and not handled for the moment.
create table inbox_pause (
  source       text        primary key,
  paused_by    text        not null,
  at           timestamptz not null default now()
);

-- The newest that was taken over of each thing, so that what is late or replayed never overwrites it.
create table inbox_newest (
  subject      text        primary key,
  said_at      timestamptz not null,
  message      bigint      not null
);
