-- What EHRs notify us of (Subscriptions R5 Backport for R4).
create table fhir_subscription (
  feed          text        not null,
  -- As the EHR refers to it, without its base.
  subscription  text        not null,
  -- As the EHR says: requested, active, error, off.
  status        text        not null,
  -- The number of the last event that it has told of.
  events        bigint      not null default 0,
  -- How often numbers were left out or began anew, so that all was asked for.
  gaps          int         not null default 0,
  heard_at      timestamptz not null default now(),
  primary key (feed, subscription)
);

-- Resources that an EHR has told of and that are to be read.
create table fhir_wanted (
  feed          text        not null,
  -- Type/id in the EHR.
  reference     text        not null,
  at            timestamptz not null default now(),
  primary key (feed, reference)
);
