-- A lead lets one referral be booked in a leave or closure: once, for the next booking.
create table capacity_override (
  referral text primary key,
  reason text not null,
  granted_by text not null,
  granted_at timestamptz not null,
  used_by text
);
