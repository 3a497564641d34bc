package org.carepathway.security;

/**
 * A principal that says who it is: a local user, somebody from Keycloak, or a caller with a token.
 */
interface SignedIn {

  Identity identity();
}
