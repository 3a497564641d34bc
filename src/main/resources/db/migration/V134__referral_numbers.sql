-- Every number of a referral, so that none of them is another patient's referral too.
create table referral_number (
  number           text        not null,
  pathway_key      text        not null,
  pathway_id       uuid        not null references pathway (id),
  -- A referral starts a pathway exactly once, by whichever of its numbers it is known.
  primary key (number, pathway_key)
);
create index referral_number_of on referral_number (pathway_id);

insert into referral_number (number, pathway_key, pathway_id)
select referral_key, pathway_key, id from pathway;

-- The further numbers of those that run, from the store's index. A new database has none yet.
do $$
begin
  if to_regclass('hfj_spidx_token') is not null then
    insert into referral_number (number, pathway_key, pathway_id)
    select coalesce(t.sp_system, 'null') || '|' || t.sp_value, p.pathway_key, p.id
    from pathway p
    join hfj_resource r on r.fhir_id = p.referral_id and r.res_type = 'ServiceRequest'
    join hfj_spidx_token t on t.res_id = r.res_id and t.sp_name = 'identifier'
    where t.sp_value is not null
    order by p.started_at
    on conflict (number, pathway_key) do nothing;
  end if;
end $$;
