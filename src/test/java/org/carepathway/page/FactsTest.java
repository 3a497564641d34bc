package org.carepathway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.carepathway.content.Translations;
import org.carepathway.worklist.web.OwnMessages;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

class FactsTest {

  private final Dates dates =
      new Dates(
          Clock.fixed(Instant.parse("2026-11-22T13:05:00Z"), ZoneOffset.UTC), OwnMessages.SOURCE);
  private final Facts facts =
      new Facts(
          dates, new Texts(new Translations(), OwnMessages.SOURCE, new RuleNames(List::of), dates));

  @Test
  void anObservationSaysCodeValueAndUnit() {
    Observation score = observation("Pain", "2026-11-21T08:00:00Z");
    score.setValue(new Quantity(7).setUnit("score"));
    assertThat(line(score))
        .isEqualTo(
            new Fact(
                score.getEffectiveDateTimeType().getValue(),
                "21 Nov 2026, 08:00",
                "Observation",
                "Pain",
                "Pain",
                "7",
                "final"));
  }

  @Test
  void componentsAreNamed() {
    Observation level = observation("Imaging", "2026-11-21");
    level.addComponent().setCode(text("Bone oedema")).setValue(new BooleanType(true));
    level.addComponent().setCode(text("Height loss")).setValue(new Quantity(40).setUnit("%"));
    level.setBodySite(text("L1"));
    assertThat(line(level).value()).isEqualTo("Bone oedema: yes, Height loss: 40 %, L1");
  }

  @Test
  void aDecisionShowsWhatItGave() {
    Parameters given = new Parameters();
    given.setId("given");
    given.addParameter("route", new StringType("STANDARD"));
    GuidanceResponse decision = new GuidanceResponse();
    decision.setModule(new CanonicalType("https://example.org/decision/knee/triage|1.0.0"));
    decision.setOccurrenceDateTimeElement(new DateTimeType("2026-11-20"));
    decision.addContained(given);
    decision.setOutputParameters(new Reference("#given"));
    assertThat(line(decision))
        .extracting(Fact::date, Fact::what, Fact::value, Fact::kind)
        .containsExactly("20 Nov 2026", "Triage", "STANDARD", "Guidance response");
  }

  @Test
  void aPeriodCountsFromItsStart() {
    Procedure procedure = new Procedure();
    Period period = new Period().setStartElement(new DateTimeType("2026-11-20T10:00:00Z"));
    procedure.setPerformed(period.setEndElement(new DateTimeType("2026-11-20T11:00:00Z")));
    assertThat(line(procedure).date()).isEqualTo("20 Nov 2026, 10:00");
  }

  @Test
  void aFormIsNamedByItsQuestionnaire() {
    QuestionnaireResponse form = new QuestionnaireResponse();
    form.setQuestionnaire("https://example.org/Questionnaire/eligibility-exam|1.0.0");
    assertThat(line(form).what()).isEqualTo("Eligibility exam");
  }

  @Test
  void withoutADateOfItsOwnItCountsFromWhenItWasStored() {
    Condition condition = new Condition();
    condition.setCode(new CodeableConcept(new Coding("http://example.org", "x", "Fracture")));
    condition.getMeta().setLastUpdatedElement(new InstantType("2026-11-19T00:00:00Z"));
    assertThat(line(condition))
        .extracting(Fact::date, Fact::what)
        .containsExactly("19 Nov 2026, 00:00", "Fracture");
  }

  @Test
  void theNewestComesFirstAndOfTwoTheOneWrittenLast() {
    List<Resource> written =
        List.of(
            observation("first", "2026-11-21"),
            observation("newest", "2026-11-22"),
            observation("second", "2026-11-21"));
    assertThat(facts.of(written))
        .extracting(Fact::what)
        .containsExactly("Newest", "Second", "First");
  }

  private Fact line(Resource resource) {
    return facts.of(List.of(resource)).get(0);
  }

  private static Observation observation(String name, String at) {
    Observation observation = new Observation();
    observation.setId("Observation/" + name);
    observation.setStatus(ObservationStatus.FINAL);
    observation.setCode(text(name));
    observation.setEffective(new DateTimeType(at));
    return observation;
  }

  private static CodeableConcept text(String text) {
    return new CodeableConcept().setText(text);
  }
}
