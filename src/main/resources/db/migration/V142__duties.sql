-- What the service could not do by itself and no pathway asks of anybody: for people, with an owner and a date.
create table duty (
  id uuid primary key,
  kind text not null,
  about text not null,
  role text not null,
  patient text,
  pathway uuid,
  detail text not null,
  added_at timestamptz not null,
  due_at timestamptz not null,
  settled_at timestamptz,
  settled_by text
);

create unique index duty_open on duty (kind, about) where settled_at is null;
create index duty_of_role on duty (role, due_at) where settled_at is null;
