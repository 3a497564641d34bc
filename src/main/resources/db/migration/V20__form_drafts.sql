-- What a person has entered into a form and not sent yet. Gone when the form is taken, or after 30 days.
create table form_draft (
  owner            text        not null,
  -- The task; for a report the pathway.
  subject          uuid        not null,
  -- The message that is reported; empty for a task.
  event            text        not null,
  entered          text        not null,
  saved_at         timestamptz not null,
  primary key (owner, subject, event)
);
create index form_draft_saved on form_draft (saved_at);
