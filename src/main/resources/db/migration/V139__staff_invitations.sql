-- What the calendars of people who are booked have by mail: the last state, and the number of the one that has left.
create table staff_invitation (
  uid uuid primary key,
  person text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  place text not null,
  sequence int not null,
  cancelled boolean not null,
  stamp timestamptz not null,
  sent int,
  tries int not null default 0,
  due_at timestamptz not null
);

create index staff_invitation_due on staff_invitation (due_at) where sent is null or sent < sequence;

-- Each booking asks for these two kinds of its rooms and people, which are few among all that is booked.
create index capacity_claim_held on capacity_claim (actor) where state = 'held';
create index capacity_claim_external on capacity_claim (actor) where state = 'external';
