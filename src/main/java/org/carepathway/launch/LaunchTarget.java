package org.carepathway.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.PatientScope;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.WorkItems;
import org.springframework.stereotype.Component;

/**
 * Which page a launch leads to. What a card has given along counts only where it is of the patient
 * whom the EHR names.
 */
@Component
class LaunchTarget {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHOOSER = "/patients";

  private final Pathways pathways;
  private final WorkItems items;
  private final PatientScope scope;

  LaunchTarget(Pathways pathways, WorkItems items, PatientScope scope) {
    this.pathways = pathways;
    this.items = items;
    this.scope = scope;
  }

  /**
   * For who is signed in now.
   *
   * @param patient id of the Patient here; empty where the EHR names none
   * @param context of the card that was followed; null for none
   * @return an address; empty where the patient is on no pathway that they may see
   */
  Optional<String> of(Optional<String> patient, Object context) {
    if (patient.isEmpty()) {
      return Optional.of(CHOOSER);
    }
    if (!scope.isVisible(patient.get())) {
      return Optional.empty();
    }
    return card(patient.get(), context).or(() -> pathway(patient.get()));
  }

  private Optional<String> card(String patient, Object context) {
    JsonNode card = json(context);
    return id(card.path("task"))
        .flatMap(
            task ->
                pathways.ofPatient(patient).stream()
                    .flatMap(pathway -> items.ofPathway(pathway.id()).stream())
                    .filter(item -> item.id().equals(task))
                    .filter(WorkItem::isOpen)
                    .findFirst()
                    .map(item -> "/tasks/" + item.id()))
        .or(
            () ->
                id(card.path("pathway"))
                    .flatMap(
                        id ->
                            pathways.ofPatient(patient).stream()
                                .filter(pathway -> pathway.id().equals(id))
                                .findFirst())
                    .map(pathway -> "/pathways/" + pathway.id()));
  }

  /** One that is still going on, else the newest. */
  private Optional<String> pathway(String patient) {
    return pathways.ofPatient(patient).stream()
        .min(Comparator.comparing(pathway -> !pathway.isActive()))
        .map(Pathway::id)
        .map(id -> "/pathways/" + id);
  }

  private static JsonNode json(Object context) {
    try {
      return context instanceof String text
          ? JSON.readTree(text)
          : JSON.valueToTree(context == null ? "" : context);
    } catch (IOException ofAnotherApp) {
      return JSON.createObjectNode();
    }
  }

  private static Optional<UUID> id(JsonNode text) {
    return text.asText().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        ? Optional.of(UUID.fromString(text.asText()))
        : Optional.empty();
  }
}
