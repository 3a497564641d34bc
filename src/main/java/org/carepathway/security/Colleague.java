package org.carepathway.security;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Somebody whom tasks can be handed to.
 *
 * @param name sign-in name
 * @param display the name that people read
 * @param roles codes of their roles when they last signed in
 */
public record Colleague(String name, String display, Set<String> roles) {

  /** Whether they may do every task that another may. */
  public boolean canStandInFor(Colleague other) {
    return doesTasks() && roles.containsAll(other.taskRoles());
  }

  public boolean doesTasks() {
    return !taskRoles().isEmpty();
  }

  private Set<String> taskRoles() {
    return roles.stream()
        .filter(code -> Role.ofCode(code).filter(Role::doesTasks).isPresent())
        .collect(Collectors.toSet());
  }
}
