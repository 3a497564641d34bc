package org.carepathway.security;

import java.util.Set;

/**
 * Somebody whom tasks can be handed to.
 *
 * @param name sign-in name
 * @param display the name that people read
 * @param roles codes of their roles when they last signed in
 */
public record Colleague(String name, String display, Set<String> roles) {}
