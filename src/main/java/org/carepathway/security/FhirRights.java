package org.carepathway.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.carepathway.security.Permissions.Kind;
import org.springframework.stereotype.Component;

/** What who is signed in may do at {@code /fhir}: what their roles allow and their token too. */
@Component
class FhirRights {

  static final String TRANSACTION = "transaction";

  /** Before the name of an operation that is of no type; what comes so is about patients. */
  static final String SERVER = "server/";

  private static final List<String> READING =
      List.of(
          "$populate",
          "$validate",
          "$expand",
          "$validate-code",
          "$lookup",
          "$without-pathway",
          "$find",
          "$sessions",
          "$everything",
          "$questionnaire-package",
          "$policy",
          "$status",
          "$events");

  private final CurrentUser user;
  private final Permissions permissions;
  private final PatientScope scope;
  private final SearchableBy searchable;

  FhirRights(
      CurrentUser user, Permissions permissions, PatientScope scope, SearchableBy searchable) {
    this.user = user;
    this.permissions = permissions;
    this.scope = scope;
    this.searchable = searchable;
  }

  boolean may(Action action, String type) {
    return permissions.allow(user.roles(), action, Kind.RESOURCE, type)
        && limits().map(limits -> limits.allow(action, type)).orElse(true);
  }

  /**
   * @param operation as in the table, e.g. {@code Task/$claim}
   */
  boolean mayUse(String operation) {
    return permissions.allow(user.roles(), Action.USE, Kind.OPERATION, operation)
        && limits().map(limits -> isWithin(limits, operation)).orElse(true);
  }

  boolean maySearchBy(String type, String parameter) {
    return permissions.allowParameter(user.roles(), type, parameter)
        || permissions.allowParameter(user.roles(), type, Permissions.INDEXED)
            && searchable.parameter(type, parameter).isPresent();
  }

  /** Whether a type is there for who is signed in. */
  boolean isServed(String type) {
    return may(Action.READ, type) || may(Action.SEARCH, type);
  }

  /** What a type may be searched by. */
  Set<String> searchableBy(String type) {
    Set<String> names = new TreeSet<>(permissions.parameters(user.roles(), type));
    if (names.remove(Permissions.INDEXED)) {
      names.addAll(searchable.of(type).keySet());
    }
    return names;
  }

  /** Whether this patient's resources of a type are in sight. */
  boolean isInSight(Action action, String type, String patientId) {
    return openedFor(action, type).map(patientId::equals).orElse(true)
        && scope.isVisible(patientId);
  }

  /** The one patient that the token is for; empty when it is not for one only. */
  Optional<String> openedFor(Action action, String type) {
    return limits()
        .filter(limits -> limits.isForOnePatient(action, type))
        .map(limits -> user.identity().map(Identity::patient).orElse(""));
  }

  /** Who has the same may do the same. */
  Key key() {
    return new Key(user.roles(), limits());
  }

  PatientScope scope() {
    return scope;
  }

  private Optional<SmartScopes> limits() {
    return user.identity().flatMap(Identity::limits);
  }

  /**
   * @param limits of the token; empty where none narrows the roles
   */
  record Key(Set<Role> roles, Optional<SmartScopes> limits) {}

  private static boolean isWithin(SmartScopes limits, String operation) {
    if (operation.equals(TRANSACTION) || operation.startsWith("*")) {
      return true;
    }
    String[] parts = operation.split("/");
    String type = operation.startsWith(SERVER) ? "Patient" : parts[0];
    return limits.allow(READING.contains(parts[1]) ? Action.READ : Action.UPDATE, type);
  }
}
