-- Which key a link was made with (AuditKeys): after a new key is set the links of before stay verifiable. Empty for links
-- that are older than this column.
alter table audit_chain add column key_id text not null default '';
