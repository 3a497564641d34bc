-- When to look whether the patient of an open task has become more urgent by waiting.
alter table work_item add column hasten_at timestamptz;

create index work_item_to_hasten on work_item (hasten_at)
  where status in ('ready', 'in-progress') and hasten_at is not null;
