-- Who did what (ADR 0008). Rows are added and never changed; audit_chain links them so that a change shows.
create table audit_event (
  id               uuid        primary key,
  at               timestamptz not null,
  -- read, search, write, login, logout, denied, emergency
  kind             text        not null,
  succeeded        boolean     not null,
  -- sign-in name
  who              text        not null,
  display          text        not null,
  address          text        not null,
  -- the request's path or the step's trigger
  about            text        not null,
  patients         text[]      not null,
  emergency        boolean     not null,
  -- The FHIR AuditEvent (IHE BALP) as JSON.
  body             text        not null
);
create index audit_event_patients on audit_event using gin (patients);
create index audit_event_at on audit_event (at desc);
create index audit_event_who on audit_event (who, at desc);

-- Committed and not yet linked; emptied every second.
create table audit_unlinked (
  event_id         uuid        primary key
);

create table audit_chain (
  position         bigint      primary key,
  event_id         uuid        not null unique,
  hash             bytea       not null
);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is append-only';
end $$;
create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function audit_is_append_only();
create trigger audit_chain_append_only before update or delete or truncate on audit_chain
  for each statement execute function audit_is_append_only();
