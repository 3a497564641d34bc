-- The transaction that wrote the resource last; what a process keeps in memory is used only while this is unchanged.
alter table pathway_resource add column revision uuid;
