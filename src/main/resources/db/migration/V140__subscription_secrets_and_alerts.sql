-- Headers that a subscriber wants, which are often secrets: sealed with a key that is not in the database.
alter table subscription add column headers text;

-- Who was told that a subscription is in error, each once. The version is the one with which it came to be in error.
create table subscription_alert (
  subscription  text        not null references subscription on delete cascade,
  version       int         not null,
  channel       text        not null,
  address       text        not null,
  tries         int         not null default 0,
  due_at        timestamptz not null,
  -- When it was handed over or refused; null while it is to be sent.
  ended_at      timestamptz,
  primary key (subscription, version, channel, address)
);
create index subscription_alert_due on subscription_alert (due_at) where ended_at is null;
