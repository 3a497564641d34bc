package org.carepathway.security;

import java.util.Set;

/**
 * Who asked for what the service does later, and what they may do.
 *
 * @param name sign-in name
 * @param display the name that people read
 * @param roles by their codes
 * @param teams {@code site} or {@code site/team}, whose patients they see
 * @param byToken whether a token said so; of local users the settings say it
 * @param scopes of the token; null where none narrows the roles
 * @param patient id of the Patient that the token was for; null for none
 * @param client program that a person's token was given to; null for none
 */
public record Mandate(
    String name,
    String display,
    Set<String> roles,
    Set<String> teams,
    boolean byToken,
    String scopes,
    String patient,
    String client) {}
