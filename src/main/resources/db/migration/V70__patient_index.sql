-- Who a patient is, to be found by name, record number and date of birth, on a pathway or not.
create table patient_index (
  patient_id  text primary key,
  name        text        not null,
  -- The family name first, lower case, without accents.
  sort_name   text        not null,
  mrn         text,
  born        date,
  -- Words of names and numbers, lower case, without accents; and all ends of these words, of which each part of a word
  -- is a beginning.
  words       tsvector    not null,
  parts       tsvector    not null
);
create index patient_index_parts on patient_index using gin (parts);
create index patient_index_born on patient_index (born) where born is not null;
