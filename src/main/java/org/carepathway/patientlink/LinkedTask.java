package org.carepathway.patientlink;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.carepathway.answers.Draft;
import org.carepathway.answers.DraftKey;
import org.carepathway.answers.Drafts;
import org.carepathway.answers.Given;
import org.carepathway.answers.Prefilled;
import org.carepathway.outreach.Matter;
import org.carepathway.security.ActAs;
import org.carepathway.task.AnswersBesides;
import org.carepathway.task.Completion;
import org.carepathway.worklist.TaskRefused;
import org.carepathway.worklist.TaskRefused.Why;
import org.carepathway.worklist.Worklist;
import org.springframework.stereotype.Component;

/** A task that a patient does by a link, who has told the right date of birth. */
@Component
public class LinkedTask {

  private static final int AT_ONCE = 75;
  private static final int URGENT = 25;

  private final Completion completion;
  private final AnswersBesides besides;
  private final Drafts drafts;
  private final Worklist worklist;
  private final Clock clock;

  LinkedTask(
      Completion completion,
      AnswersBesides besides,
      Drafts drafts,
      Worklist worklist,
      Clock clock) {
    this.completion = completion;
    this.besides = besides;
    this.drafts = drafts;
    this.worklist = worklist;
    this.clock = clock;
  }

  /** What a patient is told to do after answering. */
  public enum Advice {
    /** Nothing. */
    NONE,
    /** Somebody calls. */
    CALLED,
    /** Get help at once. */
    ALARM,
    /** The pathway has ended: nothing was kept. */
    ENDED
  }

  /** The form with what is known. */
  public Prefilled first(Matter matter) {
    return asPatient(matter, id -> completion.first(id));
  }

  public Optional<Draft> draft(Matter matter) {
    return asPatient(matter, id -> drafts.find(DraftKey.ofTask(id)));
  }

  public void keepDraft(Matter matter, Map<String, List<String>> entered) {
    asPatient(matter, id -> drafts.save(DraftKey.ofTask(id), entered));
  }

  /**
   * Takes the answers; where somebody has done the task meanwhile they are kept beside theirs. Who
   * sends them again, since the answer was lost on the way, is told the same again.
   *
   * @throws org.carepathway.answers.AnswersRefused (422) when they break rules of the form
   */
  public Advice answer(Matter matter, Given given) {
    Instant before = clock.instant();
    return asPatient(
        matter,
        id -> {
          try {
            completion.complete(id, given, OptionalInt.empty());
            return advice(matter, before);
          } catch (TaskRefused refused) {
            return refused.why() == Why.FINISHED
                ? besides.keep(id, given).map(kept -> advice(matter, kept)).orElse(Advice.ENDED)
                : Advice.ENDED;
          }
        });
  }

  /** What the patient was told who has answered before. */
  public Advice told(Matter matter) {
    return asPatient(
        matter,
        id -> besides.keptSince(id).map(since -> advice(matter, since)).orElse(Advice.NONE));
  }

  /** By what people have to do since then: the pathway has judged the answers. */
  private Advice advice(Matter matter, Instant since) {
    int highest =
        worklist.ofPathway(matter.pathwayId()).stream()
            .filter(item -> item.isOpen() && !item.createdAt().isBefore(since))
            .mapToInt(item -> item.priority())
            .max()
            .orElse(0);
    if (highest >= AT_ONCE) {
      return Advice.ALARM;
    }
    return highest >= URGENT ? Advice.CALLED : Advice.NONE;
  }

  private static <T> T asPatient(Matter matter, Function<UUID, T> what) {
    return ActAs.patient(matter.patientId(), () -> what.apply(UUID.fromString(matter.about())));
  }
}
