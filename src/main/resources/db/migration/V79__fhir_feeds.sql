-- EHRs that are read over FHIR (ADR 0026). Times of resources are those of the EHR's clock, ours those of the database.
create table fhir_feed (
  feed          text        primary key,
  -- The process that reads it now.
  leased_by     text,
  leased_until  timestamptz not null default '-infinity',
  -- When all patients were asked for last.
  round_at      timestamptz,
  answered_at   timestamptz,
  -- What is wrong, since when; null where nothing is.
  fault         text,
  said          text,
  fault_since   timestamptz,
  patients      int         not null default 0
);

-- Who a patient of ours is in the EHR.
create table fhir_patient (
  feed          text        not null,
  patient       text        not null,
  -- Null where the EHR does not know them, or not for sure.
  ehr_id        text,
  -- The number by which they were found, system|value.
  lane          text,
  asked_at      timestamptz not null default now(),
  primary key (feed, patient)
);
create index fhir_patient_ehr on fhir_patient (feed, ehr_id);

-- How far each question has been answered.
create table fhir_cursor (
  feed          text        not null,
  patient       text        not null,
  question      text        not null,
  -- The newest that was seen, by the EHR's clock; null where all is to be read.
  newest        timestamptz,
  -- The EHR cannot be asked for what is new: all is read each time.
  whole         boolean     not null default false,
  failures      int         not null default 0,
  due_at        timestamptz not null default '-infinity',
  said          text,
  primary key (feed, patient, question)
);
create index fhir_cursor_failing on fhir_cursor (feed) where failures > 0;
