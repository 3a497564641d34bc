-- What each EHR last said that it can do, and what it said when somebody last looked at it (go-live).
create table outbox_capability (
  site         text        primary key,
  statement    text        not null,
  digest       text        not null,
  read_at      timestamptz not null default now(),
  accepted     text,
  accepted_by  text,
  accepted_at  timestamptz
);
