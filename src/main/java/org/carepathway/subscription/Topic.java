package org.carepathway.subscription;

import java.util.Optional;
import java.util.Set;
import org.carepathway.fhir.Sender;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Resource;

/** What one can be told of. */
public enum Topic {
  /** A pathway begins, changes or ends: its CarePlan. */
  PATHWAY("pathway", "CarePlan", Set.of("patient", "status", "instantiates-canonical")),
  /** A task is there, changes or ends. */
  TASK("task", "Task", Set.of("patient", "status", "code", "performer", "priority", "focus")),
  /** An appointment of a pathway is made, moved or cancelled. */
  APPOINTMENT("appointment", "Appointment", Set.of("patient", "status", "service-type")),
  /** Two records turn out to be of one person: the Patient that is replaced. */
  PATIENT_MERGE("patient-merge", "Patient", Set.of("_id"));

  private static final String BASE = "https://carepathway.org/fhir/SubscriptionTopic/";

  private final String code;
  private final String focus;
  private final Set<String> filters;

  Topic(String code, String focus, Set<String> filters) {
    this.code = code;
    this.focus = focus;
    this.filters = filters;
  }

  public String code() {
    return code;
  }

  String canonical() {
    return BASE + code;
  }

  /** The type of what has changed. */
  String focus() {
    return focus;
  }

  /** Search parameters of the focus by which events can be narrowed. */
  Set<String> filters() {
    return filters;
  }

  /**
   * Whether a change is an event.
   *
   * @param before null for what is new
   */
  boolean tells(Resource before, Resource after, Sender sender) {
    if (!after.fhirType().equals(focus)) {
      return false;
    }
    return this == PATIENT_MERGE
        ? isReplaced(after) && (before == null || !isReplaced(before))
        : !sender.isOutside();
  }

  private static boolean isReplaced(Resource patient) {
    return ((Patient) patient)
        .getLink().stream().anyMatch(link -> link.getType() == LinkType.REPLACEDBY);
  }

  static Optional<Topic> ofCanonical(String canonical) {
    for (Topic topic : values()) {
      if (topic.canonical().equals(canonical)) {
        return Optional.of(topic);
      }
    }
    return Optional.empty();
  }

  static Topic ofCode(String code) {
    for (Topic topic : values()) {
      if (topic.code.equals(code)) {
        return topic;
      }
    }
    throw new IllegalArgumentException("unknown topic " + code);
  }
}
