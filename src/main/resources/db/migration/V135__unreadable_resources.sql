-- What is stored in the FHIR store and could not be read when somebody asked for it.
create table unreadable_resource (
  resource_type    text        not null,
  resource_id      text        not null,
  version          bigint      not null,
  stored_at        timestamptz not null,
  found_at         timestamptz not null default now(),
  -- Null where it is not known.
  patient_id       text,
  why              text        not null,
  primary key (resource_type, resource_id)
);
