-- Whose turn it is, source by source (TurnRows): one that is paused, with many messages that wait, is passed over.
create index inbox_message_turn on inbox_message (source, id) where state = 'new';
drop index inbox_message_new;
