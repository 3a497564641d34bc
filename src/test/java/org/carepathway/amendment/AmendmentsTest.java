package org.carepathway.amendment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.carepathway.RunningService;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.answers.Given;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.ActAs;
import org.carepathway.security.Caller;
import org.carepathway.security.Role;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Answers are corrected, what was made of them follows, and the course stays. */
class AmendmentsTest extends RunningService {

  private static final String WHY = "Read from the wrong line";

  @Autowired private Amendments amendments;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private Worklist worklist;

  private FhirClient fhir;
  private Pathway pathway;

  @BeforeEach
  void refer() throws Exception {
    fhir = new FhirClient(port());
    String referral =
        fhir.refer(fhir.sendPatient("boehm-cassaundra.json")).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow();
  }

  @Test
  void aCorrectedValueIsFollowedByWhatWasMadeOfItAndIsToldToAPerson() throws Exception {
    play(9);
    Observation before = inr();
    Correction correction =
        amend("DoWorkUp", Role.IR_NURSE, answers -> decimal(answers, "inr", "2.4"));
    Observation after = inr();
    assertThat(after.getIdElement().getIdPart()).isEqualTo(before.getIdElement().getIdPart());
    assertThat(after.getValueQuantity().getValue()).isEqualByComparingTo("2.4");
    assertThat(after.getEffectiveDateTimeType().getValueAsString())
        .isEqualTo(before.getEffectiveDateTimeType().getValueAsString());
    assertThat(correction.changes()).containsExactly("changed");
    assertThat(correction.decisions())
        .as("the work-up would have been decided otherwise")
        .isNotEmpty();
    QuestionnaireResponse kept = kept("DoWorkUp");
    assertThat(kept.getStatus()).isEqualTo(QuestionnaireResponseStatus.AMENDED);
    assertThat(Correction.of(kept)).extracting(Correction::reason).containsExactly(WHY);
    assertThat(fhir.openTasks(pathway.referralId()))
        .extracting(task -> task.getCode().getCodingFirstRep().getCode())
        .contains("WeighNews");
    QuestionnaireResponse first =
        fhir.as("coordinator")
            .read()
            .resource(QuestionnaireResponse.class)
            .withIdAndVersion(kept.getIdElement().getIdPart(), "1")
            .execute();
    assertThat(first.getStatus()).isEqualTo(QuestionnaireResponseStatus.COMPLETED);
    assertThat(kept.getAuthored()).as("when the step took place").isEqualTo(first.getAuthored());
    assertThat(
            new Caller(port(), "nurse")
                .signIn()
                .page("/tasks/" + item("DoWorkUp").id() + "/amend")
                .body())
        .contains("Why are they corrected?");
  }

  /** The same answers have to keep to the same rules of the form. */
  @Test
  void aCorrectionKeepsToTheFormAndItsComputedGroups() throws Exception {
    play(6);
    assertThatThrownBy(
            () ->
                amend(
                    "DecideEligibility", Role.IR_PHYSICIAN, answers -> answers.getItem().remove(0)))
        .isInstanceOf(AnswersRefused.class);
  }

  @Test
  void whatThePathwayHasGoneByIsNotTurnedRound() throws Exception {
    play(7);
    assertThatThrownBy(() -> amend("RecordConsent", Role.IR_PHYSICIAN, AmendmentsTest::refuse))
        .isInstanceOf(ResourceVersionConflictException.class)
        .hasMessageContaining("Read the decision of the patient");
    assertThat(kept("RecordConsent").getStatus()).isEqualTo(QuestionnaireResponseStatus.COMPLETED);
  }

  @Test
  void nobodyCorrectsWithoutAReasonTheRoleOrAChange() throws Exception {
    play(2);
    Consumer<QuestionnaireResponse> nothing = answers -> {};
    assertThatThrownBy(() -> amend("TriageReferral", Role.COORDINATOR, nothing))
        .isInstanceOf(UnprocessableEntityException.class)
        .hasMessageContaining("Nothing was changed");
    assertThatThrownBy(() -> amend("TriageReferral", Role.IR_NURSE, nothing))
        .isInstanceOf(ForbiddenOperationException.class);
    WorkItem item = item("TriageReferral");
    assertThatThrownBy(
            () ->
                ActAs.role(
                    Role.COORDINATOR,
                    "carl",
                    "Carl Colleague",
                    () ->
                        amendments.amend(
                            item.id(),
                            Given.of(kept("TriageReferral"), true),
                            " ",
                            (a, b) -> List.of("x"))))
        .hasMessageContaining("Say why");
  }

  private static void refuse(QuestionnaireResponse answers) {
    QuestionnaireResponseItemComponent decision = find(answers, "decision");
    decision
        .getItem()
        .removeIf(
            item ->
                Set.of("signatory", "signed-document", "valid-until").contains(item.getLinkId()));
    Coding agreed = (Coding) find(answers, "patient-decision").getAnswerFirstRep().getValue();
    find(answers, "patient-decision")
        .getAnswerFirstRep()
        .setValue(agreed.copy().setCode("REFUSE").setDisplay("Refuses"));
    decision
        .addItem()
        .setLinkId("refusal-reason")
        .addAnswer()
        .setValue(agreed.copy().setCode("refusal-risk").setDisplay("Risk"));
  }

  private Correction amend(String element, Role role, Consumer<QuestionnaireResponse> change) {
    QuestionnaireResponse answers = kept(element);
    change.accept(answers);
    return ActAs.role(
        role,
        "carl",
        "Carl Colleague",
        () ->
            amendments.amend(
                item(element).id(),
                Given.of(answers, true),
                WHY,
                (was, is) -> was.equalsDeep(is) || same(was, is) ? List.of() : List.of("changed")));
  }

  private static boolean same(QuestionnaireResponse was, QuestionnaireResponse is) {
    return java.util.stream.IntStream.range(0, was.getItem().size())
        .allMatch(n -> was.getItem().get(n).equalsDeep(is.getItem().get(n)));
  }

  private WorkItem item(String element) {
    return worklist.ofPathway(pathway.id()).stream()
        .filter(each -> each.element().equals(element))
        .findFirst()
        .orElseThrow();
  }

  private QuestionnaireResponse kept(String element) {
    String form = item(element).form().split("\\|")[0];
    return pathways
        .view(pathway.id())
        .orElseThrow()
        .resources(Set.of("QuestionnaireResponse"))
        .stream()
        .map(QuestionnaireResponse.class::cast)
        .filter(answers -> answers.getQuestionnaire().contains("/" + form + "|"))
        .findFirst()
        .orElseThrow()
        .copy();
  }

  private Observation inr() {
    return pathways.view(pathway.id()).orElseThrow().resources(Set.of("Observation")).stream()
        .map(Observation.class::cast)
        .filter(
            one ->
                one.getCode().getCoding().stream()
                    .anyMatch(code -> code.getCode().equals("6301-6")))
        .reduce((one, other) -> other)
        .orElseThrow();
  }

  private static void decimal(QuestionnaireResponse answers, String question, String value) {
    find(answers, question).getAnswerFirstRep().setValue(new DecimalType(new BigDecimal(value)));
  }

  private static QuestionnaireResponseItemComponent find(QuestionnaireResponse answers, String id) {
    return find(answers.getItem(), id);
  }

  private static QuestionnaireResponseItemComponent find(
      List<QuestionnaireResponseItemComponent> items, String id) {
    for (QuestionnaireResponseItemComponent item : items) {
      QuestionnaireResponseItemComponent found =
          item.getLinkId().equals(id) ? item : find(item.getItem(), id);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The first answers of the pathway that has no trouble. */
  private void play(int number) throws Exception {
    List<Answer> all =
        HappyPath.scenario().steps().stream()
            .filter(Answer.class::isInstance)
            .map(Answer.class::cast)
            .toList();
    for (Answer each : all.subList(0, number)) {
      player.play(pathway.id(), each);
    }
  }
}
