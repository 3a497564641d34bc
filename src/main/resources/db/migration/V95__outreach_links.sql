-- What a patient is asked or told about by messages: the ladder's place, and what guards its links (ADR 0038).
create table outreach_matter (
  -- Id of the Task or Appointment.
  about        text        primary key,
  purpose      text        not null,
  pathway      uuid        not null references pathway (id),
  patient      text        not null,
  element      text        not null,
  opened_at    timestamptz not null,
  -- Nothing is asked any more, and links end.
  ends_at      timestamptz not null,
  -- How many messages there are about it.
  rung         int         not null default 0,
  -- When the table of the pathway is asked what comes next; null where nothing does.
  next_at      timestamptz,
  state        text        not null default 'open' check (state in ('open', 'answered', 'closed')),
  -- Wrong dates of birth, over all its links.
  failures     int         not null default 0,
  locked_at    timestamptz
);

create index outreach_matter_next on outreach_matter (next_at) where state = 'open' and next_at is not null;
create index outreach_matter_pathway on outreach_matter (pathway);

-- Links: what is sent is kept as its hash only.
create table outreach_link (
  -- SHA-256 of the token.
  hash         bytea       primary key,
  about        text        not null references outreach_matter (about),
  message      uuid        not null,
  expires_at   timestamptz not null,
  -- SHA-256 of what the browser got in return for the right date of birth, and until when it is good.
  proof        bytea,
  proof_until  timestamptz
);

create index outreach_link_about on outreach_link (about);
