-- Cards that were given to EHRs (CDS Hooks), and what clinicians did with them.
create table cds_card (
  id            uuid        primary key,
  client        text        not null,
  service       text        not null,
  hook_instance text        not null,
  -- As its file names it.
  card          text        not null,
  pathway_key   text        not null,
  pathway_version text      not null,
  -- Null for a patient who is not on the pathway.
  pathway_id    uuid,
  -- As the EHR refers to them, such as Practitioner/12.
  ehr_user      text        not null,
  shown_at      timestamptz not null
);
create index cds_card_shown_at on cds_card (shown_at);

create table cds_feedback (
  card          uuid        not null references cds_card on delete cascade,
  outcome       text        not null,
  outcome_at    timestamptz not null,
  reason_system text,
  reason        text,
  comment       text,
  received_at   timestamptz not null default now(),
  -- The same may be told again.
  primary key (card, outcome, outcome_at)
);

-- Tokens that were shown, until they end.
create table cds_token (
  issuer        text        not null,
  jti           text        not null,
  ends_at       timestamptz not null,
  primary key (issuer, jti)
);
create index cds_token_ends_at on cds_token (ends_at);
