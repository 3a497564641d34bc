-- Days on which the site is closed, the last one included; public holidays are set by carepathway.calendar.holidays.
create table site_closure (
  id uuid primary key,
  first_day date not null,
  last_day date not null,
  reason text not null,
  entered_by text not null,
  check (first_day <= last_day)
);

-- The time limit that a due date was worked out from, as content writes it, where the site's calendar can move it.
alter table work_item add column due_after text;

create index work_item_on_the_calendar on work_item (id)
  where status in ('ready', 'in-progress') and due_after is not null;
