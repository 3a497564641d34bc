-- The transaction that wrote the resource last; what a process keeps in memory is used only while this is unchanged.
alter table pathway_resource add column revision uuid;

create index pathway_care_plan on pathway (care_plan_id);
