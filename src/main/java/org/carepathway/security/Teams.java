package org.carepathway.security;

import java.util.Collection;

/**
 * Teams are named {@code site/team}, such as {@code north/spine}; who is a member of the site
 * {@code north} is one of all its teams.
 */
final class Teams {

  /** Covers every team. */
  static final String EVERY = "*";

  /** The team of a patient who was sent in and has no other; it has no members. */
  static final String NONE = "";

  private Teams() {}

  /** Whether a member of one of {@code mine} sees the patients of {@code team}. */
  static boolean cover(Collection<String> mine, String team) {
    return mine.stream()
        .anyMatch(my -> my.equals(EVERY) || my.equals(team) || my.equals(team.split("/")[0]));
  }

  static boolean isEvery(Collection<String> mine) {
    return mine.contains(EVERY);
  }

  /** Keycloak writes a group's path as {@code /north/spine}. */
  static String ofGroup(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
