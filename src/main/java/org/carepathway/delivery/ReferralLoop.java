package org.carepathway.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.carepathway.content.LoopRow;
import org.carepathway.content.PathwayContent;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.RecordHeader;
import org.carepathway.record.RecordWritten;
import org.carepathway.record.StableIds;
import org.carepathway.security.PatientScope;
import org.carepathway.template.FhirPathException;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Closes the loop with who referred: what steps write moves the referral on by the table of its
 * content, and each move is a Task that sites receive.
 */
@Component
public class ReferralLoop {

  private static final Logger LOG = LoggerFactory.getLogger(ReferralLoop.class);
  private static final String OUTCOMES = "https://carepathway.org/fhir/CodeSystem/pathway-outcome";
  private static final String TASK_CODES = "http://hl7.org/fhir/CodeSystem/task-code";
  private static final int MOST = 50;

  private final LoopRows rows;
  private final InWords words;
  private final Pathways pathways;
  private final PatientScope scope;
  private final Clock clock;

  ReferralLoop(LoopRows rows, InWords words, Pathways pathways, PatientScope scope, Clock clock) {
    this.rows = rows;
    this.words = words;
    this.pathways = pathways;
    this.scope = scope;
    this.clock = clock;
  }

  /**
   * In the transaction of the step.
   *
   * @param moved is given the Task for who referred, where the referral stands elsewhere now
   */
  void written(RecordWritten written, PathwayContent content, Consumer<Task> moved) {
    List<LoopRow> loop = content.sent().loop();
    loop.stream()
        .flatMap(row -> written.written().stream().map(resource -> new Move(row, resource)))
        .filter(this::holds)
        .findFirst()
        .ifPresent(move -> move(written, move, moved));
  }

  private record Move(LoopRow row, Resource resource) {}

  /** A condition that cannot be asked of a resource must not undo the step that wrote it. */
  private boolean holds(Move move) {
    try {
      return words.holds(move.row(), move.resource());
    } catch (FhirPathException e) {
      LOG.error("Whether a referral is {} cannot be asked", move.row().state(), e);
      return false;
    }
  }

  private void move(RecordWritten written, Move move, Consumer<Task> moved) {
    RecordHeader header = written.header();
    LoopState state = LoopState.of(move.row().state());
    Optional<LoopState> before = rows.state(header.pathwayId());
    boolean isBack = state == LoopState.CREATED && before.isPresent();
    if (before.filter(last -> last == state || last.isEnd()).isPresent() || isBack) {
      return;
    }
    Instant now = clock.instant();
    String reason = words.reason(move.row(), move.resource());
    rows.put(
        header.pathwayId(),
        header.patientId(),
        state,
        reason,
        now,
        move.row().by(),
        move.row().within() == null ? null : now.plus(move.row().within()));
    moved.accept(task(header, state, reason, now));
  }

  /** Only who referred changes the referral itself: what we say of it is a Task of ours. */
  private Task task(RecordHeader header, LoopState state, String reason, Instant now) {
    Task task = new Task();
    task.setId(StableIds.of("loop\n" + header.pathwayId()).toString());
    task.setStatus(state.task());
    task.setIntent(TaskIntent.ORDER);
    task.setCode(new CodeableConcept(new Coding(TASK_CODES, "fulfill", null)));
    task.setBusinessStatus(
        new CodeableConcept(new Coding(LoopState.BUSINESS, state.business(), state.display()))
            .setText(state.code()));
    if (reason != null) {
      task.setStatusReason(new CodeableConcept(new Coding(OUTCOMES, reason, null)));
    }
    task.setFor(new Reference("Patient/" + header.patientId()));
    pathways
        .find(header.pathwayId())
        .ifPresent(
            pathway -> task.setFocus(new Reference("ServiceRequest/" + pathway.referralId())));
    task.setLastModified(Date.from(now));
    return task;
  }

  /** Referrals whose sender waits too long, of patients whom who is signed in sees. */
  public List<OpenLoop> late() {
    List<OpenLoop> late = rows.late(clock.instant(), scope.listed(), MOST);
    late.forEach(loop -> scope.listed(loop.patient()));
    return late;
  }
}
