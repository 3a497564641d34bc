-- Active requests that others sent and for which no pathway waits, for who connects systems.
create table unheard_request (
  request_id text        primary key,
  patient_id text        not null,
  at         timestamptz not null default now()
);

create index unheard_request_at on unheard_request (at desc);
