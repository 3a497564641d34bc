package org.carepathway.invariant;

import java.util.List;

/** All invariants of the pathway. */
public final class Invariants {

  public static final List<Invariant> ALL =
      List.of(
          new ConsentBeforeStart(),
          new NoStartWithCementAllergy(),
          new NoStartInPregnancy(),
          new NoStartWithBleedingRisk(),
          new BookedWithDrugsWeighed(),
          new PreparedOnTheDay(),
          new LevelsPlannedAndConsented(),
          new SafeWayHome(),
          new StoppedDrugIsRestarted(),
          new RestartIsWeighed(),
          new HoldFollowsTheApproval(),
          new LastDoseIsAhead(),
          new RedFlagMakesUrgentTask(),
          new DeficitMakesAlarm(),
          new AlarmIsAnswered(),
          new SilenceAfterTheEnd(),
          new ExactlyOneState(),
          new ContactInItsWindow());

  private Invariants() {}

  /** Every invariant that a step breaks, with its name. */
  public static List<String> broken(Moment before, Moment after) {
    return ALL.stream()
        .flatMap(
            invariant ->
                invariant.broken(before, after).stream()
                    .map(fault -> invariant.name() + ": " + fault))
        .toList();
  }
}
