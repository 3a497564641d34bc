-- Secret links by which the calendar of a room or person is read; of a token its hash only.
create table calendar_feed (
  hash bytea primary key,
  actor bigint not null references capacity_actor (id),
  -- In which its entries are named.
  language text not null,
  made_by text not null,
  made_at timestamptz not null
);

create index calendar_feed_actor on calendar_feed (actor);
