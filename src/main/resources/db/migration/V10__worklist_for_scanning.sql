-- What people scan, filter and sort the worklist by.
alter table work_item
  add column mrn            text,
  add column born           date,
  add column stage          text        not null default '',
  add column site           text,
  add column handed_by      text,
  add column risk           smallint    not null default 0,
  add column owner_name     text,
  add column snoozed_until  timestamptz,
  add column snooze_reason  text,
  -- A snoozed task is left out of the lists until then; never past its due time.
  add column hidden_until   timestamptz,
  add column escalate_at    timestamptz,
  add column escalated_at   timestamptz,
  add column escalated_to   text,
  add column notes          integer     not null default 0,
  add column event          text        not null default 'created',
  add column event_by       text,
  add column event_at       timestamptz,
  -- Words of name and record number, lower case, without accents.
  add column words          tsvector,
  -- The order of the list: the highest risk first, then by due time, those without one last.
  add column risk_order     smallint    generated always as (100 - risk) stored,
  add column sort_due       timestamptz generated always as (coalesce(due_at, timestamptz 'infinity')) stored;

update work_item set risk = priority, event_at = coalesce(ended_at, created_at), owner_name = owner,
                     words = to_tsvector('simple', patient_name);
alter table work_item alter column event_at set not null;

drop index work_item_open;
create index work_item_order on work_item (risk_order, sort_due, id)
  where status in ('ready', 'in-progress');
create index work_item_role on work_item (role, risk_order, sort_due, id)
  where status in ('ready', 'in-progress');
create index work_item_unassigned on work_item (role, risk_order, sort_due, id)
  where status in ('ready', 'in-progress') and owner is null;
create index work_item_role_due on work_item (role, sort_due)
  where status in ('ready', 'in-progress');
create index work_item_stage on work_item (stage, risk_order, sort_due, id)
  where status in ('ready', 'in-progress');
create index work_item_site on work_item (site, risk_order, sort_due, id)
  where status in ('ready', 'in-progress') and site is not null;
create index work_item_owner on work_item (owner, risk_order, sort_due, id)
  where status in ('ready', 'in-progress') and owner is not null;
create index work_item_handed on work_item (handed_by, risk_order, sort_due, id)
  where status in ('ready', 'in-progress') and handed_by is not null;
create index work_item_escalated on work_item (escalated_to, risk_order, sort_due, id)
  where status in ('ready', 'in-progress') and escalated_to is not null;
create index work_item_snoozed on work_item (role, snoozed_until)
  where status in ('ready', 'in-progress') and snoozed_until is not null;
create index work_item_to_escalate on work_item (escalate_at)
  where status in ('ready', 'in-progress') and escalated_at is null and escalate_at is not null;
create index work_item_words on work_item using gin (words)
  where status in ('ready', 'in-progress');

-- Filters that a team uses again and again; no patient data in them.
create table saved_view (
  id          uuid primary key,
  team        text        not null,
  name        text        not null,
  filter      text        not null,
  created_by  text        not null,
  created_at  timestamptz not null,
  unique (team, name)
);

-- Who stands in for whom.
create table absence (
  id          uuid primary key,
  absent      text        not null,
  absent_name text        not null,
  substitute  text        not null,
  substitute_name text    not null,
  begins_at   timestamptz not null,
  ends_at     timestamptz not null,
  note        text        not null,
  created_by  text        not null,
  check (ends_at > begins_at)
);
create index absence_substitute on absence (substitute, ends_at);

-- Who has been signed in: whom tasks can be assigned to. Sign-in itself is elsewhere.
create table colleague (
  name        text primary key,
  display     text        not null,
  roles       text[]      not null,
  seen_at     timestamptz not null
);
