package org.carepathway.demo.ehr;

import java.util.Map;
import java.util.Set;

/**
 * What an EHR takes, and how it refuses.
 *
 * @param writable type to {@code create} and {@code update}; of other types it takes nothing
 * @param found types that keep identifiers of others and are found by them
 * @param conflict status where another version is there than was named
 * @param isConditional whether it knows If-None-Exist
 * @param needsPatient whether it searches for nothing without a patient or an id
 * @param once types of which it refuses a second one of the same code and patient
 */
record EhrManner(
    String name,
    Map<String, Set<String>> writable,
    Set<String> found,
    int conflict,
    boolean isConditional,
    boolean needsPatient,
    Set<String> once) {

  private static final Set<String> BOTH = Set.of("create", "update");
  private static final Set<String> CREATE = Set.of("create");
  private static final Set<String> UPDATE = Set.of("update");

  /** A server of R4 that takes everything. */
  static final EhrManner PLAIN =
      new EhrManner(
          "Plain FHIR",
          Map.of(
              "ServiceRequest", BOTH,
              "Task", BOTH,
              "Appointment", BOTH,
              "Observation", BOTH,
              "Procedure", BOTH,
              "Condition", BOTH,
              "Communication", BOTH,
              "DocumentReference", BOTH),
          Set.of(
              "ServiceRequest",
              "Task",
              "Appointment",
              "Observation",
              "Procedure",
              "Condition",
              "Communication",
              "DocumentReference"),
          412,
          true,
          false,
          Set.of());

  /** As Epic's R4 sandbox says of itself (May 2026). */
  static final EhrManner EPIC =
      new EhrManner(
          "Epic",
          Map.of(
              "ServiceRequest", BOTH,
              "Task", UPDATE,
              "Observation", BOTH,
              "Procedure", BOTH,
              "Condition", CREATE,
              "Communication", CREATE,
              "DocumentReference", BOTH),
          Set.of("ServiceRequest", "DocumentReference", "Procedure"),
          412,
          false,
          false,
          Set.of("Condition"));

  /** As Oracle Health Millennium says of itself (August 2026). */
  static final EhrManner ORACLE =
      new EhrManner(
          "Oracle Health",
          Map.of(
              "Appointment", CREATE,
              "Observation", BOTH,
              "Procedure", CREATE,
              "Condition", BOTH,
              "Communication", CREATE,
              "DocumentReference", BOTH),
          Set.of("Appointment", "DocumentReference", "Observation"),
          409,
          false,
          true,
          Set.of());

  /** As Meditech Greenfield says of itself (2023). */
  static final EhrManner MEDITECH =
      new EhrManner(
          "Meditech",
          Map.of("Communication", CREATE),
          Set.of("Communication"),
          412,
          false,
          false,
          Set.of());

  boolean takes(String type, String interaction) {
    return writable.getOrDefault(type, Set.of()).contains(interaction);
  }
}
