-- What each site has is compared with what was sent: when last, and what was found (gone, changed; null for nothing).
alter table outbox_written add column compared_at timestamptz;
alter table outbox_written add column drift text check (drift in ('gone', 'changed'));
create index outbox_written_drift on outbox_written (site) where drift is not null;
