-- The stages that a patient has come to: the calls of the main process. One row a stage; who comes to one again enters it anew.
create table pathway_stage (
  pathway_id uuid not null references pathway (id),
  element text not null,
  name text not null,
  place int not null,
  entered_at timestamptz not null,
  left_at timestamptz,
  primary key (pathway_id, element)
);

-- Who looks after a patient on the pathway; EpisodeOfCare.careManager says the same.
create table pathway_coordinator (
  pathway_id uuid primary key references pathway (id),
  name text not null,
  display text not null,
  since timestamptz not null
);

create index pathway_coordinator_name on pathway_coordinator (name);

-- Patients are found by their phone numbers too: each is read anew at the next start.
delete from patient_index;
