package org.carepathway.amendment;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Given;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.Replaced;
import org.carepathway.answers.Replacement;
import org.carepathway.fhir.Refusal;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.ToldEvents;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.StableIds;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.OnBehalf;
import org.carepathway.step.Reconsideration;
import org.carepathway.step.Reconsideration.Weighed;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.WorkItem.Status;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Corrects the answers of a finished form. What was extracted from them follows, under the same
 * ids; the earlier versions stay. The course never changes by it: a correction that would have led
 * elsewhere is refused, and one that rules or things done rest on becomes a task for a person.
 */
@Component
public class Amendments {

  private static final int SHORTEST_REASON = 5;
  private static final int LONGEST_REASON = 500;
  private static final String RESPONSE = "QuestionnaireResponse";

  private final Worklist worklist;
  private final Pathways pathways;
  private final Replacement replacement;
  private final Followers followers;
  private final Reconsideration reconsideration;
  private final Course course;
  private final ToldEvents told;
  private final Records records;
  private final CurrentUser user;
  private final OnBehalf behalf;
  private final Clock clock;

  Amendments(
      Worklist worklist,
      Pathways pathways,
      Replacement replacement,
      Followers followers,
      Reconsideration reconsideration,
      Course course,
      ToldEvents told,
      Records records,
      CurrentUser user,
      OnBehalf behalf,
      Clock clock) {
    this.worklist = worklist;
    this.pathways = pathways;
    this.replacement = replacement;
    this.followers = followers;
    this.reconsideration = reconsideration;
    this.course = course;
    this.told = told;
    this.records = records;
    this.user = user;
    this.behalf = behalf;
    this.clock = clock;
  }

  /** The form with the answers that are kept. */
  @Transactional(readOnly = true)
  public Prefilled first(UUID itemId) {
    WorkItem item = item(itemId);
    OpenPathway open = pathways.view(item.pathwayId()).orElseThrow();
    return replacement.first(enquiry(open, item), kept(open, item));
  }

  /**
   * @param told says question by question what changed, of the earlier and the new answers
   * @return what was corrected
   * @throws org.carepathway.answers.AnswersRefused (422) when the new answers break rules of the
   *     form, or warnings are not confirmed
   * @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException (409, 422) with what to
   *     do, when there is no reason, nothing changes, or what followed speaks against it; nothing
   *     is changed then
   */
  @Transactional
  public Correction amend(
      UUID itemId,
      Given given,
      String reason,
      BiFunction<QuestionnaireResponse, QuestionnaireResponse, List<String>> changes) {
    WorkItem item = item(itemId);
    String why = reason(reason);
    Agent me = behalf.agent(item.patientId());
    OpenPathway open = pathways.open(item.pathwayId());
    QuestionnaireResponse before = kept(open, item);
    String trigger = "amend/%s/%d".formatted(itemId, Correction.of(before).size() + 1);
    records.triggeredBy(new Trigger(trigger, me));
    Enquiry enquiry = enquiry(open, item);
    Replaced replaced = replacement.replace(enquiry, item.engineTaskId(), before, given);
    List<String> changed = changes.apply(before, replaced.answers());
    if (changed.isEmpty()) {
      throw Refusal.rule(RESPONSE, "Nothing was changed: the answers are those that are kept.");
    }
    Set<String> passed = course.since(open, item);
    Map<String, Object> branches = reconsideration.branches(open, passed);
    Map<Weighed, Map<String, Object>> decided = reconsideration.decisions(open);
    replacement.keepFiles(enquiry, replaced.answers());
    open.record().write(item.element(), replaced.answers());
    boolean done = followers.write(open, item.element(), before, replaced);
    course.require(branches, reconsideration.branches(open, passed), open);
    List<String> decisions =
        Redecided.of(decided, reconsideration.decisions(open), open.content().tables());
    Correction correction =
        new Correction(
            clock.instant(), me.display(), why, changed, decisions, done || !decisions.isEmpty());
    replaced.answers().addExtension(correction.kept(me.reference()));
    open.record().write(item.element(), replaced.answers());
    if (correction.weighed()) {
      tell(open, before, replaced.answers(), trigger, me);
    }
    return correction;
  }

  private void tell(
      OpenPathway open,
      QuestionnaireResponse before,
      QuestionnaireResponse after,
      String trigger,
      Agent me) {
    if (!told.tell(open.pathway(), before, after, trigger, () -> me)) {
      throw Refusal.conflict(
          RESPONSE,
          open.pathway().isActive()
              ? "Other answers would have been decided on otherwise, and this pathway has nobody"
                  + " who is asked then; nothing was changed. Report what happened, and write a"
                  + " note."
              : "The pathway has ended, and other answers would have been decided on otherwise:"
                  + " nobody would get a task; nothing was changed. Tell the physician, and enter"
                  + " a new referral if something has to be done.");
    }
  }

  private static String reason(String typed) {
    String reason = typed == null ? "" : typed.strip();
    if (reason.length() < SHORTEST_REASON || reason.length() > LONGEST_REASON) {
      throw Refusal.rule(
          "reason",
          "Say why the answers are corrected, in %d to %d characters; nothing was changed."
              .formatted(SHORTEST_REASON, LONGEST_REASON));
    }
    return reason;
  }

  private WorkItem item(UUID id) {
    WorkItem item = worklist.find(id);
    if (!user.mayDo(item.role())) {
      throw new ForbiddenOperationException("You do not have the role for this task.");
    }
    if (item.standing().status() != Status.COMPLETED) {
      throw Refusal.conflict(
          "Task.status", "This task is not done, so that there is nothing to correct.");
    }
    return item;
  }

  private static QuestionnaireResponse kept(OpenPathway open, WorkItem item) {
    String id = StableIds.of(item.engineTaskId(), item.element(), RESPONSE, 0).toString();
    return open.record()
        .find(QuestionnaireResponse.class, id)
        .orElseThrow(
            () ->
                Refusal.conflict(
                    RESPONSE, "The answers of this task are not kept here; nothing was changed."));
  }

  private static Enquiry enquiry(OpenPathway open, WorkItem item) {
    return Enquiry.of(open, item.form(), item.element());
  }
}
