-- A pathway that waits because somebody said so: no timer fires and no ordinary task is completed.
create table pathway_hold (
  pathway_id       uuid        primary key references pathway (id),
  reason           text        not null,
  note             text        not null,
  held_by          text        not null,
  since            timestamptz not null
);
