package org.carepathway.security;

import java.util.Arrays;
import java.util.List;
import org.carepathway.security.Permissions.Kind;
import org.carepathway.security.Permissions.Subject;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.springframework.stereotype.Component;

/** What is served at {@code /fhir} to anybody at all: the table, read over all roles. */
@Component
class Served {

  private static final List<Role> EVERYBODY = List.of(Role.values());

  private final Permissions permissions;

  Served(Permissions permissions) {
    this.permissions = permissions;
  }

  /** In the order of the alphabet. */
  List<String> types() {
    return permissions.subjects(Kind.RESOURCE).stream()
        .map(Subject::name)
        .filter(type -> Arrays.stream(Action.values()).anyMatch(action -> may(action, type)))
        .sorted()
        .toList();
  }

  boolean may(Action action, String type) {
    return permissions.allow(EVERYBODY, action, Kind.RESOURCE, type);
  }

  /** By their codes, who may read a type. */
  List<String> readers(String type) {
    return EVERYBODY.stream()
        .filter(role -> permissions.allow(List.of(role), Action.READ, Kind.RESOURCE, type))
        .map(Role::code)
        .toList();
  }

  boolean offers(TypeRestfulInteraction interaction, String type) {
    return switch (interaction) {
      case READ, VREAD, HISTORYINSTANCE -> may(Action.READ, type);
      case SEARCHTYPE -> may(Action.SEARCH, type);
      case CREATE -> may(Action.CREATE, type);
      case UPDATE, PATCH -> may(Action.UPDATE, type);
      case DELETE -> may(Action.DELETE, type);
      default -> false;
    };
  }

  /** The operations of a type as the table has them, e.g. {@code Task/$claim}. */
  List<String> operations(String type) {
    return permissions.subjects(Kind.OPERATION).stream()
        .map(Subject::name)
        .filter(name -> permissions.allow(EVERYBODY, Action.USE, Kind.OPERATION, name))
        .filter(name -> name.startsWith(type + '/') || isOfEvery(name) && isWritten(type))
        .sorted()
        .toList();
  }

  /** So that it can be validated without being sent; what has a table of its own is not. */
  private boolean isWritten(String type) {
    return !OwnTables.ALONE.contains(type)
        && (may(Action.CREATE, type) || may(Action.UPDATE, type));
  }

  private static boolean isOfEvery(String name) {
    return name.startsWith("*/");
  }
}
