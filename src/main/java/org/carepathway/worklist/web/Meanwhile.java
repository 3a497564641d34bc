package org.carepathway.worklist.web;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.answers.web.AnswerLine;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/**
 * Who was faster, and what changed: for a person whose answers cannot be taken.
 *
 * @param reason in words; empty where what follows says it all
 * @param who the name of who changed it
 * @param at when; null where nobody knows
 * @param recorded the answers that were taken instead
 * @param open what is open on the pathway now
 */
public record Meanwhile(
    String reason, String who, Instant at, List<AnswerLine> recorded, List<TaskLine> open) {

  /** What happened to a task. */
  public static Meanwhile of(Recorded instead) {
    return new Meanwhile("", instead.who(), instead.at(), instead.answers(), List.of());
  }

  /** What happened last on a pathway. */
  public static Meanwhile of(String reason, OpenPathway pathway, List<TaskLine> open) {
    Optional<Provenance> last =
        resources(pathway, Provenance.class).max(Comparator.comparing(Provenance::getRecorded));
    return new Meanwhile(
        reason,
        last.map(change -> change.getAgentFirstRep().getWho().getDisplay()).orElse(""),
        last.map(change -> change.getRecorded().toInstant()).orElse(null),
        List.of(),
        open);
  }

  private static <T extends Resource> Stream<T> resources(OpenPathway pathway, Class<T> type) {
    return pathway.resources(Set.of(type.getSimpleName())).stream().map(type::cast);
  }
}
