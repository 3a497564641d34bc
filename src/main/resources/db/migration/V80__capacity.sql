-- Rooms, people and bays that are booked. One that a booking names before anybody has set it up is added by itself, so that
-- it cannot be booked twice either.
create table capacity_actor (
  id bigint generated always as identity primary key,
  kind text not null,
  name text not null,
  key text not null,
  reference text unique,
  set_up boolean not null default false,
  active boolean not null default true,
  unique (kind, key)
);

-- When it can be booked each week, in minutes of the site's day. Sessions of one actor do not overlap.
create table capacity_session (
  id uuid primary key,
  actor bigint not null references capacity_actor (id),
  weekday int not null check (weekday between 1 and 7),
  from_minute int not null,
  to_minute int not null check (to_minute <= 1440),
  first_day date not null,
  last_day date,
  check (0 <= from_minute and from_minute < to_minute),
  check (last_day is null or first_day <= last_day),
  exclude using gist (
    int8range(actor, actor, '[]') with &&,
    int4range(weekday, weekday, '[]') with &&,
    int4range(from_minute, to_minute) with &&,
    daterange(first_day, last_day, '[]') with &&)
);

-- Leave, repairs and extra sessions of one actor.
create table capacity_exception (
  id uuid primary key,
  actor bigint not null references capacity_actor (id),
  during tstzrange not null check (not isempty(during)),
  opens boolean not null,
  reason text not null,
  entered_by text not null
);

create index capacity_exception_during on capacity_exception using gist (during);

-- The guard: what is held or booked, one row for each actor of an appointment. What other systems have booked is busy too,
-- but cannot be refused.
create table capacity_claim (
  id bigint generated always as identity primary key,
  actor bigint not null references capacity_actor (id),
  appointment text not null,
  referral text,
  during tstzrange not null check (not isempty(during)),
  state text not null check (state in ('held', 'booked', 'external')),
  expires_at timestamptz,
  check ((state = 'held') = (expires_at is not null)),
  -- Whole numbers as ranges: the equality of btree_gist is an extension that not every PostgreSQL has.
  exclude using gist (int8range(actor, actor, '[]') with &&, during with &&) where (state in ('held', 'booked'))
);

create index capacity_claim_appointment on capacity_claim (appointment);
create index capacity_claim_referral on capacity_claim (referral) where referral is not null;
create index capacity_claim_during on capacity_claim using gist (during);
