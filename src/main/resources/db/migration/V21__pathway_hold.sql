-- A pathway that waits because somebody said so: no timer fires and no ordinary task is completed.
create table pathway_hold (
  pathway_id       uuid        primary key references pathway (id),
  reason           text        not null,
  note             text        not null,
  held_by          text        not null,
  since            timestamptz not null,
  -- A hold always ends: nobody is forgotten on it.
  ends_at          timestamptz not null
);
create index pathway_hold_end on pathway_hold (ends_at);
