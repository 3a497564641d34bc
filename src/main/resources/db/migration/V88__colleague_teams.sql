-- Whose patients they saw when they last signed in by Keycloak; null for who never did. An EHR may name them later.
alter table colleague add column teams text[];
