-- Subscriptions that other systems have here (Subscriptions R5 Backport 1.1, ADR 0041).

-- Who subscribes, as they were last here.
create table subscriber (
  -- Sign-in name.
  name          text        primary key,
  display       text        not null,
  roles         text[]      not null,
  teams         text[]      not null,
  -- Whether a token said it; of local users the settings say it.
  by_token      boolean     not null,
  seen_at       timestamptz not null default now()
);

create table subscription (
  id            text        primary key,
  owner         text        not null references subscriber,
  version       int         not null default 1,
  -- Code of the topic, and what its events are narrowed by, as searches of the focus.
  topic         text        not null,
  filters       text[]      not null,
  status        text        not null check (status in ('requested', 'active', 'error', 'off')),
  -- The Subscription as it was sent.
  body          text        not null,
  -- What the token allowed that it was sent with; null where none narrows the roles.
  scopes        text,
  patient       text,
  client        text,
  -- The address of our FHIR API, by which it names what has changed.
  base          text        not null,
  ends_at       timestamptz,
  -- Seconds; null for no heartbeat.
  heartbeat     int,
  -- Seconds that one notification may take.
  timeout       int         not null,
  -- How many events have a number.
  events        bigint      not null default 0,
  said          text,
  failures      int         not null default 0,
  failing_since timestamptz,
  due_at        timestamptz not null default now(),
  leased_until  timestamptz not null default now(),
  -- Turns that were begun, and changes: the end of a turn counts only where nothing came after.
  attempt       bigint      not null default 0,
  -- When a notification was last taken.
  told_at       timestamptz,
  changed_at    timestamptz not null default now()
);
create index subscription_owner on subscription (owner);
create index subscription_topic on subscription (topic) where status <> 'off';

create table subscription_event (
  id            bigint      generated always as identity primary key,
  subscription  text        not null references subscription on delete cascade,
  -- From 1 without a gap, given before it is sent; null until then.
  number        bigint,
  -- Type/id of what has changed.
  focus         text        not null,
  -- Whether it was new.
  created       boolean     not null,
  at            timestamptz not null default now(),
  -- new, sent, missed (the endpoint was in error: $events gives it).
  state         text        not null default 'new' check (state in ('new', 'sent', 'missed')),
  unique (subscription, number)
);
create index subscription_event_turn on subscription_event (subscription, id) where state = 'new';
create index subscription_event_at on subscription_event (at);
