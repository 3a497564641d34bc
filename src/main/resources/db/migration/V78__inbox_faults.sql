-- Of what kind the reason is that a message could not be handled, to be counted; and messages that a person has set aside.
alter table inbox_message add column fault text check (fault in ('unreadable', 'content', 'conflict', 'service'));
update inbox_message set fault = case when accepted then 'content' else 'unreadable' end where state = 'dead';
alter table inbox_message drop constraint inbox_message_state_check;
alter table inbox_message add constraint inbox_message_state_check
  check (state in ('new', 'held', 'asked', 'done', 'dead', 'aside'));
alter table inbox_message add column aside_by text;
alter table inbox_message add column aside_why text;
