-- Files that somebody added to a form that is not taken yet. Gone when the form is taken, or after 30 days.
create table form_file (
  id               uuid        primary key,
  owner            text        not null,
  name             text        not null,
  content_type     text        not null,
  content          bytea       not null,
  received_at      timestamptz not null
);
create index form_file_received on form_file (received_at);
