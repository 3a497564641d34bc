-- Sign-in sessions, of Spring Session (its schema-postgresql.sql): they outlive a restart and are shared by replicas.
create table spring_session (
  primary_id            char(36)     not null primary key,
  session_id            char(36)     not null unique,
  creation_time         bigint       not null,
  last_access_time      bigint       not null,
  max_inactive_interval int          not null,
  expiry_time           bigint       not null,
  principal_name        varchar(100)
);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);

create table spring_session_attributes (
  session_primary_id    char(36)     not null references spring_session (primary_id) on delete cascade,
  attribute_name        varchar(200) not null,
  attribute_bytes       bytea        not null,
  primary key (session_primary_id, attribute_name)
);

-- Which of them belong to which session at Keycloak, so that Keycloak can end them.
create table keycloak_session (
  session_id            text         primary key,
  sid                   text,
  subject               text         not null
);
create index keycloak_session_sid on keycloak_session (sid);
create index keycloak_session_subject on keycloak_session (subject);
