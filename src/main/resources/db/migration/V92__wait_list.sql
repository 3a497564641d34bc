-- Booked time of a room that was given back, and may be offered to somebody who waits.
create table capacity_freed (
  id uuid primary key default gen_random_uuid(),
  actor bigint not null references capacity_actor (id),
  during tstzrange not null,
  freed_at timestamptz not null,
  done boolean not null default false
);

create index capacity_freed_open on capacity_freed (freed_at) where not done;

-- Who is booked, and wants an earlier time.
create table booking_wait (
  pathway_id uuid primary key references pathway (id),
  since timestamptz not null,
  added_by text not null
);

-- What was offered to whom, until when it can be answered, and the answer.
create table booking_offer (
  id uuid primary key,
  freed uuid not null,
  pathway_id uuid not null references pathway (id),
  start_at timestamptz not null,
  offered_at timestamptz not null,
  answer_by timestamptz not null,
  answer text check (answer in ('accepted', 'declined', 'expired')),
  answered_at timestamptz,
  answered_by text,
  unique (freed, pathway_id)
);

create index booking_offer_open on booking_offer (answer_by) where answer is null;
