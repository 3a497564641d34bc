package org.carepathway.staff;

import java.util.List;

/**
 * Somebody who works here, as Keycloak knows them.
 *
 * @param id of the user at Keycloak
 * @param name sign-in name
 * @param active whether they can sign in
 * @param roles codes of their roles, sorted
 * @param teams {@code site} or {@code site/team}, sorted
 */
record Member(
    String id,
    String name,
    String givenName,
    String familyName,
    boolean active,
    List<String> roles,
    List<String> teams) {}
