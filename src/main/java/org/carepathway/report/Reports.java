package org.carepathway.report;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.answers.DraftKey;
import org.carepathway.answers.Drafts;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Given;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.Submissions;
import org.carepathway.content.PathwayEvent;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.fhir.Numbers;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Records;
import org.carepathway.record.StableIds;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.OnBehalf;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** People report what can happen at any time: a red flag, a death, a missed appointment. */
@Component
public class Reports {

  private final Pathways pathways;
  private final Submissions submissions;
  private final Drafts drafts;
  private final Records records;
  private final PathwayEngine engine;
  private final CurrentUser user;
  private final OnBehalf behalf;

  Reports(
      Pathways pathways,
      Submissions submissions,
      Drafts drafts,
      Records records,
      PathwayEngine engine,
      CurrentUser user,
      OnBehalf behalf) {
    this.pathways = pathways;
    this.submissions = submissions;
    this.drafts = drafts;
    this.records = records;
    this.engine = engine;
    this.user = user;
    this.behalf = behalf;
  }

  /** What who is signed in may report about an open pathway now. */
  public List<PathwayEvent> possible(OpenPathway open) {
    return open.pathway().isActive()
        ? open.content().events().stream()
            .filter(event -> isMine(event))
            .filter(event -> engine.awaits(event.message(), open.pathway().id()))
            .toList()
        : List.of();
  }

  /** The event of a pathway that who is signed in may report; errors as for {@link #report}. */
  public PathwayEvent event(UUID pathwayId, String message) {
    return event(view(pathwayId), message);
  }

  /** The form to report it with, with what is known. */
  @Transactional(readOnly = true)
  public Prefilled first(UUID pathwayId, String message) {
    OpenPathway open = view(pathwayId);
    return submissions.prefilled(Enquiry.of(open, event(open, message).form(), message));
  }

  /**
   * Keeps a report and gives its message to every step that waits for it, in one transaction. A
   * report that is sent again with the same identifier changes nothing.
   *
   * @param identifier by which the sender knows the report; null for none
   * @throws ResourceNotFoundException (404) when there is no such pathway or event
   * @throws OtherRoles (403) when the event is for other roles
   * @throws AnswersRefused (422) when the answers break rules of the form
   * @throws ResourceVersionConflictException (409) when nothing waits for it now
   */
  @Transactional
  public QuestionnaireResponse report(
      UUID pathwayId, String message, Identifier identifier, Given given) {
    PathwayEvent event = event(view(pathwayId), message);
    String trigger = trigger(pathwayId, message, identifier);
    OpenPathway open = pathways.open(pathwayId);
    String id = StableIds.of(trigger, message, "QuestionnaireResponse", 0).toString();
    Optional<QuestionnaireResponse> earlier = open.record().find(QuestionnaireResponse.class, id);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    if (!open.pathway().isActive()) {
      throw new ResourceVersionConflictException(
          "The pathway has ended (%s); nothing was changed.".formatted(open.pathway().outcome()));
    }
    records.triggeredBy(new Trigger(trigger, behalf.agent(open.pathway().patientId())));
    QuestionnaireResponse kept =
        submissions.submit(Enquiry.of(open, event.form(), message), trigger, given);
    if (!engine.correlate(message, pathwayId)) {
      throw new ResourceVersionConflictException(
          "'%s' cannot be reported at this point of the pathway; nothing was changed."
              .formatted(event.title()));
    }
    drafts.forget(DraftKey.ofReport(pathwayId, message));
    return kept;
  }

  private static String trigger(UUID pathwayId, String message, Identifier identifier) {
    String own =
        identifier != null && Numbers.isGiven(identifier)
            ? identifier.getSystem() + '|' + identifier.getValue()
            : UUID.randomUUID().toString();
    return pathwayId + "/" + message + '/' + own;
  }

  private PathwayEvent event(OpenPathway open, String message) {
    PathwayEvent event =
        open.content().events().stream()
            .filter(known -> known.message().equals(message))
            .findFirst()
            .orElseThrow(
                () -> new ResourceNotFoundException("The pathway knows no " + message + "."));
    if (!isMine(event)) {
      throw new OtherRoles(event);
    }
    return event;
  }

  private boolean isMine(PathwayEvent event) {
    return event.roles().stream().anyMatch(user::mayDo);
  }

  private OpenPathway view(UUID pathwayId) {
    return pathways.view(pathwayId).orElseThrow(PatientScope::nothingHere);
  }
}
