package org.carepathway.amendment;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carepathway.answers.Replaced;
import org.carepathway.fhir.Refusal;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.StatusMark;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** The resources that follow a correction. */
@Component
class Followers {

  /** What somebody has done or given by it: that is not undone by other answers. */
  private static final Set<String> DONE =
      Set.of(
          "AllergyIntolerance",
          "Consent",
          "Flag",
          "MedicationAdministration",
          "MedicationRequest",
          "MedicationStatement",
          "ServiceRequest");

  /**
   * Writes what the new answers make otherwise; what they no longer make is entered in error.
   *
   * @return whether something that somebody has acted on is among it
   * @throws ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException (409) when a later
   *     step has changed it, or it is a booking
   */
  boolean write(
      OpenPathway open, String element, QuestionnaireResponse answers, Replaced replaced) {
    Map<String, Resource> before = byId(replaced.before());
    Map<String, Resource> after = byId(replaced.after());
    Set<String> ids = new LinkedHashSet<>(before.keySet());
    ids.addAll(after.keySet());
    boolean done = false;
    for (String id : ids) {
      Resource was = before.get(id);
      Resource is = after.get(id);
      if (was != null && is != null && !Merging.differ(was, is)) {
        continue;
      }
      Resource one = is == null ? was : is;
      require(open, answers, one, id);
      Optional<? extends Resource> stored =
          open.record().find(one.getClass(), one.getIdElement().getIdPart());
      if (is == null) {
        stored.ifPresent(wrong -> withdraw(open, element, wrong));
      } else {
        open.record()
            .write(
                element,
                stored.isPresent() && was != null ? Merging.of(stored.get(), was, is) : is);
      }
      done |= DONE.contains(one.fhirType());
    }
    return done;
  }

  private static void withdraw(OpenPathway open, String element, Resource wrong) {
    StatusMark.set(wrong, "entered-in-error");
    open.record().write(element, wrong);
  }

  private static void require(
      OpenPathway open, QuestionnaireResponse answers, Resource resource, String id) {
    if (resource.fhirType().equals("Appointment")) {
      throw Refusal.conflict(
          "Appointment",
          "These answers are a booking; nothing was changed. Move the appointment, or cancel it, on the patient's page: the room and the people are then free again.");
    }
    String response = "QuestionnaireResponse/" + answers.getIdElement().getIdPart();
    boolean changedLater =
        open.record().ofTypes(Set.of("Provenance")).stream()
            .map(Provenance.class::cast)
            .filter(one -> names(one, id))
            .max(Comparator.comparing(Provenance::getRecorded))
            .filter(one -> !names(one, response))
            .isPresent();
    if (changedLater) {
      throw Refusal.conflict(
          resource.fhirType(),
          "A later step has changed what these answers recorded (%s), so that they no longer say how it is; nothing was changed. Correct the answers of the later step."
              .formatted(resource.fhirType()));
    }
  }

  private static boolean names(Provenance one, String id) {
    return one.getTarget().stream().map(Reference::getReference).anyMatch(id::equals);
  }

  private static Map<String, Resource> byId(List<Resource> resources) {
    Map<String, Resource> byId = new LinkedHashMap<>();
    resources.forEach(one -> byId.put(one.fhirType() + '/' + one.getIdElement().getIdPart(), one));
    return byId;
  }
}
