-- Each browser in which the right date of birth was told has a proof of its own: two of a family may answer at once.
create table outreach_proof (
  -- SHA-256 of what the browser has.
  hash      bytea       primary key,
  link      bytea       not null references outreach_link (hash) on delete cascade,
  until_at  timestamptz not null
);

create index outreach_proof_until on outreach_proof (until_at);

insert into outreach_proof (hash, link, until_at)
select proof, hash, proof_until from outreach_link where proof is not null and proof_until > now();

alter table outreach_link drop column proof, drop column proof_until;
