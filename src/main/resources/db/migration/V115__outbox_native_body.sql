-- What a site was sent as the resource it is. The same made again later may point to what the site has only since then,
-- and a change of it may have been said in words: only this says what the site should have. Rows from before have none
-- and are not compared until they are sent again.
alter table outbox_written add column native_body text;
update outbox_written set drift = null;
