-- Our own tables. The engine keeps its tables as ACT_*, HAPI FHIR as HFJ_* and others.

-- One row for each pathway a patient travels; the row lock makes one writer per pathway.
create table pathway (
  id               uuid primary key,
  pathway_key      text        not null,
  version          text        not null,
  patient_id       text        not null,
  referral_id      text        not null,
  referral_key     text        not null,
  care_plan_id     text        not null,
  episode_id       text        not null,
  status           text        not null check (status in ('active', 'completed', 'cancelled')),
  outcome          text,
  started_at       timestamptz not null,
  ended_at         timestamptz,
  -- A referral starts a pathway exactly once, however often or concurrently it is sent.
  unique (pathway_key, referral_key)
);
create index pathway_patient on pathway (patient_id);
create index pathway_referral on pathway (referral_id);
create index pathway_started on pathway (started_at desc, id);

-- Which FHIR resources belong to a pathway, in the order written.
create table pathway_resource (
  pathway_id       uuid        not null references pathway (id),
  seq              bigint      generated always as identity,
  resource_type    text        not null,
  resource_id      text        not null,
  -- The Patient and the referral are others' resources; all else is written by the pathway only.
  adopted          boolean     not null,
  primary key (pathway_id, resource_type, resource_id)
);
create index pathway_resource_of on pathway_resource (resource_type, resource_id);

-- The worklist: one row for each task, written in the step's transaction.
create table work_item (
  id               uuid primary key,
  engine_task_id   text        not null unique,
  pathway_id       uuid        not null references pathway (id),
  patient_id       text        not null,
  patient_name     text        not null,
  element          text        not null,
  title            text        not null,
  role             text        not null,
  form             text        not null,
  owner            text,
  status           text        not null check (status in ('ready', 'in-progress', 'completed', 'cancelled')),
  priority         integer     not null,
  due_at           timestamptz,
  created_at       timestamptz not null,
  ended_at         timestamptz,
  version          integer     not null
);
create index work_item_open on work_item (role, priority desc, due_at, id) where status in ('ready', 'in-progress');
create index work_item_pathway on work_item (pathway_id);
create index work_item_patient on work_item (patient_id);

-- The content each pathway version was started with: running pathways keep theirs.
create table pathway_content (
  pathway_key      text        not null,
  version          text        not null,
  path             text        not null,
  sha256           text        not null,
  body             text        not null,
  primary key (pathway_key, version, path)
);

-- The demo's clock: how far it has been moved forward. Always one row.
create table service_clock (
  id               integer     primary key check (id = 1),
  ahead            interval    not null
);
insert into service_clock (id, ahead) values (1, interval '0');
