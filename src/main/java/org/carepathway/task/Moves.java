package org.carepathway.task;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.answers.Given;
import org.carepathway.answers.Prefilled;
import org.carepathway.booking.Moving;
import org.carepathway.booking.Proposals;
import org.carepathway.form.FormIssue;
import org.carepathway.form.Posted;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.report.Reports;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves a booking in one transaction: the change is reported, and the new time is booked with all
 * that hangs on it, or nothing is changed. Where the pathway asks for something else first, such as
 * a hold that has to be approved, the change is reported and the time is booked afterwards.
 */
@Component
public class Moves {

  private final Reports reports;
  private final Completion completion;
  private final Proposals proposals;
  private final Pathways pathways;
  private final Worklist worklist;
  private final Records records;

  Moves(
      Reports reports,
      Completion completion,
      Proposals proposals,
      Pathways pathways,
      Worklist worklist,
      Records records) {
    this.reports = reports;
    this.completion = completion;
    this.proposals = proposals;
    this.pathways = pathways;
    this.worklist = worklist;
    this.records = records;
  }

  /**
   * @param given answers to the form of the event
   * @return whether a new time is booked
   * @throws AnswersRefused (422) when the answers break rules of that form
   * @throws ResourceVersionConflictException (409) when the new time is not free any more, or rules
   *     of the booking are against it; other errors as for {@link Reports#report}
   */
  @Transactional
  public boolean move(UUID pathwayId, Moving moving, Given given) {
    QuestionnaireResponse kept = reports.report(pathwayId, moving.event(), null, given);
    Optional<Instant> start = start(kept.getItem(), moving.newStart());
    Optional<WorkItem> booking =
        worklist.ofPathway(pathwayId).stream()
            .filter(item -> item.isOpen() && item.element().equals(moving.element()))
            .filter(item -> worklist.whyNot(item).isEmpty())
            .findFirst();
    start
        .flatMap(at -> booking)
        .ifPresent(item -> book(item, start.orElseThrow(), given.confirmed()));
    return start.isPresent() && booking.isPresent();
  }

  private void book(WorkItem item, Instant start, boolean confirmed) {
    OpenPathway open = pathways.open(item.pathwayId());
    Given chosen = new Given(first -> chosen(open, item, first, start), confirmed);
    try {
      records.because(
          new Trigger(item.engineTaskId(), records.trigger().agent()),
          () -> completion.complete(item.id(), chosen, OptionalInt.empty()));
    } catch (AnswersRefused refused) {
      String why =
          refused.issues().stream()
              .map(FormIssue::message)
              .distinct()
              .collect(Collectors.joining(" "));
      throw new ResourceVersionConflictException(
          "The new time cannot be booked; nothing was changed. %s".formatted(why));
    }
  }

  private Posted chosen(OpenPathway open, WorkItem item, Prefilled first, Instant start) {
    return proposals
        .choose(open, item.form(), item.element(), first.answers(), start)
        .map(time -> time.in(first.form(), first.answers()))
        .map(answers -> answers.setStatus(QuestionnaireResponseStatus.COMPLETED))
        .map(answers -> new Posted(answers, List.of(), Map.of()))
        .orElseThrow(
            () ->
                new ResourceVersionConflictException(
                    "The new time is not free: choose another one. Nothing was changed."));
  }

  private static Optional<Instant> start(
      List<QuestionnaireResponseItemComponent> items, String linkId) {
    return items.stream()
        .flatMap(
            item ->
                item.getLinkId().equals(linkId)
                        && item.getAnswerFirstRep().getValue() instanceof BaseDateTimeType time
                    ? Stream.of(time.getValue().toInstant())
                    : start(item.getItem(), linkId).stream())
        .findFirst();
  }
}
