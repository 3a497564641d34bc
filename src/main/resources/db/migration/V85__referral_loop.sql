-- Where each referral stands for who sent it (ADR 0034): a loop is open until it says how it ended.
create table referral_loop (
  pathway      uuid        primary key,
  patient      text        not null,
  state        text        not null,
  reason       text,
  since        timestamptz not null default now(),
  -- Who sees to the next state, and until when.
  owner        text,
  due_at       timestamptz,
  ended_at     timestamptz
);
create index referral_loop_open on referral_loop (due_at) where ended_at is null;
