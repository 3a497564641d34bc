-- What a patient's calendar has of an appointment: one identifier for good, and a number that rises with each change, also
-- when the appointment is cancelled and booked anew.
create table booked_event (
  uid uuid primary key,
  pathway uuid not null references pathway (id),
  appointment text not null unique,
  comes_at timestamptz not null,
  ends_at timestamptz not null,
  -- Whether the patient is to come before the start.
  arrival boolean not null,
  place text not null,
  sequence int not null,
  cancelled boolean not null,
  changed_at timestamptz not null
);

create index booked_event_pathway on booked_event (pathway);
