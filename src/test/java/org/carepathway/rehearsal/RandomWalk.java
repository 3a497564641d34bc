package org.carepathway.rehearsal;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.content.AddedStep;
import org.carepathway.content.PathwayEvent;
import org.carepathway.engine.BlankedFacts;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.carepathway.invariant.Invariants;
import org.carepathway.invariant.Moment;
import org.carepathway.rehearsal.UsualAnswers.Usual;
import org.carepathway.scenario.Scenario;
import org.carepathway.security.Role;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;

/**
 * A random patient's way: tasks done with random legal answers, early, late or never, referrals
 * withdrawn, time passing; after each step all invariants must hold.
 */
final class RandomWalk {

  private static final LocalDateTime BEGIN = LocalDateTime.of(2026, 11, 2, 9, 0);
  private static final int STEPS = 60;
  private static final List<Role> REPORTERS =
      List.of(Role.COORDINATOR, Role.IR_NURSE, Role.IR_PHYSICIAN);
  private static final int[] WILDNESS = {10, 30, 80, 200, 500};
  private static final int[] DELAY_HOURS = {1, 6, 24, 72, 240, 720, 2400};

  private final Rehearsal stage;
  private final UsualAnswers usual;
  private final Choices choices;
  private final Journey journey;
  private final int wildness;
  private final List<String> trace = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private Moment before;
  private Instant answered;

  private RandomWalk(Rehearsal stage, UsualAnswers usual, Choices choices) {
    this.stage = stage;
    this.usual = usual;
    this.choices = choices;
    this.wildness = WILDNESS[choices.below(WILDNESS.length)];
    RandomPatient patient = RandomPatient.of(choices, usual.referral(), LocalDate.from(BEGIN));
    Instant begin = BEGIN.atZone(stage.clock.getZone()).toInstant();
    this.journey = new Journey(stage, begin, patient.bundle(), patient.referral());
    this.before = journey.moment();
    this.answered = begin;
  }

  /**
   * Travels until the end, or until nothing more happens.
   *
   * @return what happened, step by step
   * @throws AssertionError naming the invariants that broke and all that happened before
   */
  static List<String> travel(Rehearsal stage, UsualAnswers usual, Choices choices) {
    return travel(stage, usual, choices, null);
  }

  /**
   * As {@link #travel(Rehearsal, UsualAnswers, Choices)}.
   *
   * @param blanked to blank the facts of each decision on the way; null for not
   */
  static List<String> travel(
      Rehearsal stage, UsualAnswers usual, Choices choices, BlankedFacts blanked) {
    RandomWalk walk = null;
    try {
      walk = new RandomWalk(stage, usual, choices);
      walk.travel();
      walk.requireStrict(blanked);
      return walk.trace;
    } catch (RuntimeException e) {
      throw new AssertionError("%s%n%s".formatted(e, walk == null ? "" : walk.told()), e);
    } finally {
      if (walk != null) {
        walk.journey.end();
      }
      stage.clock.end();
      stage.store.clear();
    }
  }

  private void travel() {
    require();
    for (int i = 0; i < STEPS && journey.pathway().isActive(); i++) {
      if (!step()) {
        return;
      }
      require();
    }
  }

  /** A decision that knew less lets no more happen. */
  private void requireStrict(BlankedFacts blanked) {
    if (blanked == null) {
      return;
    }
    List<String> faults =
        journey.record().stream()
            .filter(GuidanceResponse.class::isInstance)
            .map(GuidanceResponse.class::cast)
            .flatMap(evidence -> blanked.faults(evidence, journey.content().policy()).stream())
            .toList();
    if (!faults.isEmpty()) {
      throw new AssertionError("%s%n%s".formatted(faults, told()));
    }
  }

  private boolean step() {
    if (choices.chance(5)) {
      trace.add("the referral is revoked");
      journey.revoke();
      return true;
    }
    if (choices.chance(15)) {
      Resource fact = choices.of(RandomPatient.facts(journey.patient(), journey.now()));
      trace.add("%s comes on file".formatted(fact.fhirType()));
      journey.store(fact);
      return true;
    }
    if (choices.chance(15) && report()) {
      return true;
    }
    if (choices.chance(20) && add()) {
      return true;
    }
    if (choices.chance(60)) {
      return pass(Duration.ofHours(DELAY_HOURS[choices.below(DELAY_HOURS.length)]));
    }
    List<WorkItem> open =
        journey.open().stream().filter(i -> !refused.contains(i.element())).toList();
    if (!open.isEmpty()) {
      return answer(choices.of(open));
    }
    Instant timer = journey.nextTimer();
    refused.clear();
    return timer != null && pass(Duration.between(journey.now().toInstant(), timer).plusMinutes(1));
  }

  private boolean pass(Duration time) {
    trace.add("%s passes".formatted(time));
    journey.pass(time);
    return true;
  }

  private boolean answer(WorkItem item) {
    List<Usual> known = usual.of(item.element());
    Usual begin =
        known.isEmpty()
            ? new Usual(java.util.Map.of(), Duration.ZERO)
            : choices.chance(300) ? choices.of(known) : known.get(0);
    Duration wait = begin.after().minus(Duration.between(answered, journey.now().toInstant()));
    if (!wait.isNegative() && !wait.isZero() && !choices.chance(50)) {
      pass(wait);
      if (journey.open().stream().noneMatch(some -> some.id().equals(item.id()))) {
        return true;
      }
    }
    Form form = journey.content().form(item.form());
    RandomForm random = new RandomForm(form, choices, new RandomValues(choices, journey.now()));
    QuestionnaireResponse start =
        stage.sheets.fill(
            journey.content().questionnaire(item.form()), journey.populate(item), begin.answers());
    try {
      if (random
          .fill(start, wildness, given -> refusals(() -> journey.answer(item, given, true)))
          .isEmpty()) {
        trace.add("no answers to " + item.element() + " are taken");
        refused.add(item.element());
        return true;
      }
    } catch (ResourceVersionConflictException somethingElseFirst) {
      trace.add(somethingElseFirst.getMessage());
      refused.add(item.element());
      return true;
    } finally {
      trace.add(item.element() + " was filled in, at random " + random.changed());
    }
    answered = journey.now().toInstant();
    refused.clear();
    return true;
  }

  /** Something that can happen at any time is reported by somebody who may. */
  private boolean report() {
    Role role = choices.of(REPORTERS);
    List<PathwayEvent> possible =
        Journey.as(role, () -> stage.reports.possible(journey.view())).stream()
            .filter(event -> !usual.ofEvent(event.message()).isEmpty())
            .toList();
    if (possible.isEmpty()) {
      return false;
    }
    PathwayEvent event = choices.of(possible);
    Usual begin = choices.of(usual.ofEvent(event.message()));
    Questionnaire questionnaire = journey.content().questionnaire(event.form());
    Form form = journey.content().form(event.form());
    RandomForm random = new RandomForm(form, choices, new RandomValues(choices, journey.now()));
    QuestionnaireResponse start =
        stage.sheets.fill(questionnaire, journey.populate(role, event.message()), begin.answers());
    try {
      return random
          .fill(
              start,
              wildness,
              given -> refusals(() -> journey.report(role, event.message(), given, true)))
          .isPresent();
    } finally {
      trace.add(event.message() + " was reported, at random " + random.changed());
    }
  }

  /** What a form has against answers; when nothing, they are given. */
  private static List<FormIssue> refusals(Runnable give) {
    try {
      give.run();
      return List.of();
    } catch (AnswersRefused refused) {
      return refused.issues();
    }
  }

  /** A step is added or repeated. */
  private boolean add() {
    List<AddedStep> possible =
        Journey.as(Role.COORDINATOR, () -> stage.added.possible(journey.view()));
    if (possible.isEmpty()) {
      return false;
    }
    AddedStep step = choices.of(possible);
    trace.add(step.element() + " is added");
    journey.add(new Scenario.Add(step.element(), Role.COORDINATOR.code(), false));
    return true;
  }

  private void require() {
    Moment now = journey.moment();
    List<String> broken = Invariants.broken(before, now);
    if (!broken.isEmpty()) {
      throw new AssertionError(
          "%s%nopen: %s%n%s"
              .formatted(broken, journey.open().stream().map(WorkItem::element).toList(), told()));
    }
    before = now;
  }

  private String told() {
    return String.join(System.lineSeparator(), trace);
  }
}
