-- How long each patient has waited, as lists show it. What is empty has not been reckoned, or no clock has begun.
create table waiting_clock (
  pathway_id uuid primary key references pathway (id),
  state text check (state in ('running', 'paused', 'stopped')),
  since timestamptz,
  stopped_at timestamptz,
  days int,
  paused_days int,
  breach_at timestamptz,
  -- When it is to be reckoned again; null for never.
  look_at timestamptz
);

create index waiting_clock_look on waiting_clock (look_at);
