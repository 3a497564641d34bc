package org.carepathway.worklist.web;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.PatientScope;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Says on the next page what follows from what somebody did. */
@Component
public class Aftermath {

  private static final String ROLES = "https://carepathway.org/fhir/CodeSystem/pathway-role";

  private final Pathways pathways;
  private final TaskLines lines;
  private final Texts texts;
  private final Clock clock;

  Aftermath(Pathways pathways, TaskLines lines, Texts texts, Clock clock) {
    this.pathways = pathways;
    this.lines = lines;
    this.texts = texts;
    this.clock = clock;
  }

  /** Before something is done; templates write the time of a message to the second. */
  public Instant begin() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * @param what was done, in the language of the page; null where it is plain
   * @param since {@link #begin} before it
   */
  public void tell(UUID pathwayId, String what, Instant since, RedirectAttributes flash) {
    flash.addFlashAttribute("done", of(pathwayId, what, since));
  }

  /** What follows from a task that is done, as it stands now. */
  public Done of(WorkItem done) {
    return of(
        done.pathwayId(), texts.of(done.title()), done.endedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private Done of(UUID pathwayId, String what, Instant since) {
    OpenPathway open = pathways.view(pathwayId).orElseThrow(PatientScope::nothingHere);
    return new Done(
        pathwayId,
        PatientIdentity.name(open.patient()),
        what,
        lines.openOn(pathwayId),
        told(open, since),
        !open.pathway().isActive());
  }

  private List<String> told(OpenPathway open, Instant since) {
    return open.resources(Set.of("CommunicationRequest")).stream()
        .map(CommunicationRequest.class::cast)
        .filter(message -> message.hasAuthoredOn())
        .filter(message -> !message.getAuthoredOn().toInstant().isBefore(since))
        .flatMap(
            message ->
                message.getRecipient().stream()
                    .map(
                        to ->
                            name(to) + ": " + texts.of(message.getReasonCodeFirstRep().getText())))
        .distinct()
        .toList();
  }

  private String name(Reference to) {
    if (to.hasReference() && to.getReference().startsWith("Patient/")) {
      return texts.message("patient.patient");
    }
    return ROLES.equals(to.getIdentifier().getSystem())
        ? texts.message("role." + to.getIdentifier().getValue())
        : to.hasDisplay() ? to.getDisplay() : texts.message("role.referrer");
  }
}
