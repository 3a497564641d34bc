package org.carepathway.invariant;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/**
 * The service itself tells a patient to take a blood thinner again only when the date was plainly
 * moved, cancelled or missed. After anything else a person decides, for the approval of the hold
 * did not think of it.
 */
final class RestartIsWeighed implements Invariant {

  private static final Set<String> PERSON =
      Set.of("resume-call", "hold-approval", "discharge", "withdrawal", "consent-withdrawal");
  private static final Set<String> PLAIN = Set.of("change-moved", "change-cancelled");
  private static final Set<String> HARMLESS =
      Set.of("pat", "pat-lt", "prov", "oth-room", "oth-int");

  @Override
  public List<String> proves() {
    return List.of("Cancellation/reschedule", "No-show", "Prep failure");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    if (decidedByAPerson(before, after) || plainlyLost(after)) {
      return List.of();
    }
    return after
        .turned(before, MedicationRequest.class, RestartIsWeighed::isRestart)
        .map(restart -> Moment.name(restart) + " restarts a blood thinner that nobody weighed")
        .toList();
  }

  /** A hold that is handed over to another team is a proposal, and restarts nothing. */
  private static boolean isRestart(MedicationRequest request) {
    return request.getStatus() == MedicationRequestStatus.ACTIVE
        && request.getIntent() == MedicationRequestIntent.PLAN
        && request.hasPriorPrescription();
  }

  private static boolean decidedByAPerson(Moment before, Moment after) {
    return after
        .turned(before, QuestionnaireResponse.class, response -> true)
        .anyMatch(response -> PERSON.contains(form(response)));
  }

  private static boolean plainlyLost(Moment moment) {
    Optional<QuestionnaireResponse> change =
        last(moment, "booking", "appointment-change")
            .filter(response -> "appointment-change".equals(form(response)));
    boolean found =
        last(moment, "booking", "pre-procedure")
            .filter(response -> "pre-procedure".equals(form(response)))
            .filter(preparation -> !Moment.isTrue(preparation, "ready"))
            .isPresent();
    return !found && change.filter(RestartIsWeighed::isPlain).isPresent();
  }

  private static boolean isPlain(QuestionnaireResponse change) {
    List<String> kinds = Moment.codes(change, "change-kind");
    return kinds.contains("change-no-show")
        || kinds.stream().anyMatch(PLAIN::contains)
            && Moment.codes(change, "change-reason").stream().allMatch(HARMLESS::contains);
  }

  private static Optional<QuestionnaireResponse> last(Moment moment, String one, String other) {
    return moment
        .all(QuestionnaireResponse.class)
        .filter(response -> Set.of(one, other).contains(form(response)))
        .reduce((first, second) -> second);
  }

  private static String form(QuestionnaireResponse response) {
    return response.getQuestionnaire().replaceAll(".*/Questionnaire/|\\|.*", "");
  }
}
