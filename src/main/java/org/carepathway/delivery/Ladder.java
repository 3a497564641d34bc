package org.carepathway.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.outbox.Rung;

/**
 * The best way that a site takes something: as the resource, else in words as a document or a
 * communication, else as a message of HL7 v2, else a person enters it.
 *
 * @param messages kinds of HL7 v2 that it takes; empty where it takes none
 */
record Ladder(Capability capability, Overlay overlay, List<String> messages) {

  private static final String DOCUMENT = "DocumentReference";
  private static final String COMMUNICATION = "Communication";

  /** What a resource becomes as a message; the event of SIU follows from what has changed. */
  private static final Map<String, String> MESSAGES =
      Map.of(
          "Observation", "ORU^R01",
          "DiagnosticReport", "ORU^R01",
          "Procedure", "ORU^R01",
          "Condition", "ORU^R01",
          "Encounter", "ORU^R01",
          "Appointment", "SIU",
          "DocumentReference", "MDM^T02",
          "Communication", "MDM^T02",
          "ServiceRequest", "ORM^O01",
          "Task", "ORM^O01");

  /**
   * @param type of the resource here
   * @param isChange whether the site has it already, as this resource
   */
  Way way(String type, boolean isChange) {
    List<String> why = new ArrayList<>();
    for (Rung rung : overlay.ladder().getOrDefault(type, List.of(Rung.values()))) {
      Optional<Way> way = way(rung, type, isChange, why);
      if (way.isPresent()) {
        return way.get();
      }
    }
    return new Way(Rung.HAND, null, null, false, false, String.join("; ", why));
  }

  private Optional<Way> way(Rung rung, String type, boolean isChange, List<String> why) {
    return switch (rung) {
      case NATIVE -> written(rung, type, isChange ? "update" : "create", why);
      case DOCUMENT ->
          type.equals(DOCUMENT) ? Optional.empty() : written(rung, DOCUMENT, "create", why);
      case COMMUNICATION ->
          type.equals(COMMUNICATION)
              ? Optional.empty()
              : written(rung, COMMUNICATION, "create", why);
      case MESSAGE -> message(type, why);
      case HAND -> Optional.of(new Way(rung, null, null, false, false, String.join("; ", why)));
    };
  }

  private Optional<Way> written(Rung rung, String type, String interaction, List<String> why) {
    if (!capability.can(type, interaction)) {
      why.add("the EHR does not say that it takes " + interaction + " of " + type);
      return Optional.empty();
    }
    if (!overlay.allows(type, interaction)) {
      why.add(overlay.name() + " does not take " + interaction + " of " + type);
      return Optional.empty();
    }
    boolean isFound =
        capability.isFoundBy(type, "identifier") && !overlay.withoutIdentifier().contains(type);
    return Optional.of(
        new Way(
            rung,
            type,
            null,
            isFound,
            isFound && capability.isConditional(type),
            String.join("; ", why)));
  }

  private Optional<Way> message(String type, List<String> why) {
    String kind = MESSAGES.get(type);
    if (kind == null || !messages.contains(kind)) {
      why.add("the port of HL7 v2 takes no " + (kind == null ? "message of it" : kind));
      return Optional.empty();
    }
    return Optional.of(new Way(Rung.MESSAGE, null, kind, false, false, String.join("; ", why)));
  }
}
