-- The Practitioners and PractitionerRoles that were made from Keycloak's users (docs/security.md).
create table staff_resource (
  -- Type/id
  resource         text        primary key,
  -- SHA-256 of what was written last: what has not changed is not written again
  digest           text        not null
);
