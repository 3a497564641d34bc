-- The page of the inbox: messages of a feed by their state, the newest first, and those of a patient's number.
-- By -id, which no other index has the order of: PostgreSQL then never looks through the whole table for the newest of a
-- state that a feed has few of.
create index inbox_message_feed on inbox_message (source, state, (-id));
create index inbox_message_number on inbox_message (split_part(lane, '|', 2));
create index inbox_message_other_number on inbox_message (split_part(other_lane, '|', 2)) where other_lane is not null;
