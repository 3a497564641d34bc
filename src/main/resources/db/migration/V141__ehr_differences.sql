-- What an EHR that is asked over FHIR says of a patient otherwise than this service has it.
create table fhir_difference (
  id            bigint      generated always as identity primary key,
  feed          text        not null,
  -- Id of our Patient.
  patient       text        not null,
  -- Type/id at the EHR.
  theirs        text        not null,
  -- missing (it is not here), otherwise, gone (it is not there any more).
  kind          text        not null check (kind in ('missing', 'otherwise', 'gone')),
  -- Element by element, here and there.
  said          text        not null,
  found_at      timestamptz not null default now(),
  -- Who has looked at it and lets it be so, until it is another one.
  left_by       text,
  unique (feed, patient, theirs)
);

alter table fhir_patient add column compared_at timestamptz;
create index fhir_patient_compared on fhir_patient (feed, compared_at);
