package org.carepathway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirPathsTest {

  private static final FhirPaths PATHS = new FhirPaths(FhirContext.forR4Cached());
  private static final FhirPathContext NOW =
      FhirPathContext.at(ZonedDateTime.parse("2026-03-01T23:30:00.123+01:00[Europe/Paris]"));

  private static String value(String expression, FhirPathContext context) {
    List<Base> results = PATHS.evaluate(null, expression, context);
    return results.isEmpty() ? "" : results.get(0).primitiveValue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "%now | 2026-03-01T23:30:00+01:00",
        "%today | 2026-03-01",
        "%today - 20 days | 2026-02-09",
        "%now + 2 hours | 2026-03-02T01:30:00+01:00",
        "%today.daysUntil(@2026-03-29) | 28",
        "@2026-03-29.daysUntil(%now) | -28",
        "%today.daysUntil(%today) | 0",
        "@2026-02-28T23:30:00Z.daysUntil(%today) | 0",
        "@2026-03-01T23:10:00Z.daysUntil(%now) | -1",
        "@2026-03-01T23:59:00+01:00.daysUntil(%today) | 0",
        "@2026-07-01T00:30:00+02:00.daysUntil(@2026-07-01) | 0",
        "@2026-03-01T23:10:00Z.toString() | 2026-03-02T00:10:00+01:00",
        "@2026-07-01T09:10:00-05:00.toString().substring(11, 5) | 16:10",
        "@2026-03-01T23:10:00.toString() | 2026-03-01T23:10:00",
        "@2026-03-01.toString() | 2026-03-01",
        "@2026-03.toString() | 2026-03",
        "5.toString() + 'x' | 5x",
        "true.toString() | true",
        "{}.toString() | \"\"",
        "%now.toString() | 2026-03-01T23:30:00+01:00",
        "%today.daysUntil(@2026-03) | \"\"",
        "%today.daysUntil({}) | \"\"",
        "2372.9.dividedBy(79.2) | 29.96085858585859",
        "(1.0 * (140 - 79) * 38.9).dividedBy(72 * 1.1) < 30 | true",
        "2160.dividedBy(72) | 30",
        "10.dividedBy(4) | 2.5",
        "1000.dividedBy(0.01) | 100000",
        "1.dividedBy(0) | \"\"",
        "1.dividedBy({}) | \"\"",
        "{}.dividedBy(1) | \"\"",
        "%record.ofType(Observation).last().id | o2",
        "%record.where($this is Observation).first().id | o1",
        "%record.count() | 4",
        "%patient.id | p1",
        "'Patient/' + %patient.id | Patient/p1",
        "%empty.exists() | false",
        "%resource.exists() | false",
        "%ucum | http://unitsofmeasure.org",
      },
      delimiter = '|')
  void knowsItsVariables(String expression, String expected) {
    assertThat(value(expression, record())).isEqualTo(expected);
  }

  @Test
  void resourceIsTheAnswersInAForm() {
    QuestionnaireResponse answers = new QuestionnaireResponse();
    answers.setId("q1");

    assertThat(value("%resource.id", NOW.with("resource", answers))).isEqualTo("q1");
  }

  @Test
  void repeatFindsEveryItemAlsoWhereTwoAreEqual() {
    QuestionnaireResponse answers = new QuestionnaireResponse();
    for (int i = 0; i < 2; i++) {
      answers
          .addItem()
          .setLinkId("group")
          .addItem()
          .setLinkId("level")
          .addAnswer()
          .setValue(new StringType("L1"));
    }

    FhirPathContext form = NOW.with("resource", answers);
    assertThat(value("%resource.repeat(item).count()", form)).isEqualTo("4");
    assertThat(value("%resource.repeat(item).where(linkId = 'level').answer.value.count()", form))
        .isEqualTo("2");
    assertThat(value("%resource.repeat(nothing).count()", form)).isEqualTo("0");
    assertThat(value("%resource.repeat(item | answer).exists()", form)).isEqualTo("true");
  }

  @Test
  void aContextIsImmutable() {
    FhirPathContext more = NOW.with("a", "1").with("b", List.of(new IntegerType(1)));

    assertThat(more.with("a", "2").value("a").get(0).primitiveValue()).isEqualTo("2");
    assertThat(more.value("a").get(0).primitiveValue()).isEqualTo("1");
    assertThat(NOW.names()).containsExactlyInAnyOrder("now", "today", "resource");
    assertThatThrownBy(() -> NOW.with("ucum", "x")).hasMessageContaining("reserved");
  }

  @Test
  void anUnknownVariableIsNamedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> PATHS.evaluate(null, "%pateint.id", record()))
        .isInstanceOf(FhirPathException.class)
        .hasMessageContainingAll("%pateint.id", "not known", "patient");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a..b",
        "foo(",
        "a b",
        "'open",
        "noSuchFunction()",
        "today()",
        "now() > @2020-01-01",
        "a.where(b = today())",
        "subject.resolve()",
        "code.memberOf('x')",
        "conformsTo('x')",
        "%record.ofType(Observatio)",
        "$this is Observatio",
        "a.daysUntil()",
        "a.dividedBy()",
        "1 / 2",
        "%record.where((value.value / 72) > 30)",
        "1 +"
      })
  void refusesWhatItCannotRun(String expression) {
    assertThatThrownBy(() -> PATHS.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read FHIRPath '" + expression + "': ")
        .hasMessageNotContaining("null");
  }

  @Test
  void saysWhatToUseInsteadOfToday() {
    assertThatThrownBy(() -> PATHS.parse("today()")).hasMessageContaining("use %today");
  }

  @Test
  void wrongDataIsAnErrorThatNamesTheExpression() {
    assertThatThrownBy(() -> PATHS.evaluate(null, "1 + 'a'", NOW)).hasMessageContaining("1 + 'a'");
    assertThatThrownBy(() -> PATHS.evaluate(null, "5 'mg' = 5 'mg'", NOW))
        .hasMessageContaining("use value and code");
    assertThatThrownBy(() -> PATHS.evaluate(null, "'x'.daysUntil(%today)", NOW))
        .hasMessageContaining("daysUntil needs");
  }

  @Test
  void aConditionIsOneBooleanOrNothing() {
    assertThat(PATHS.test(null, "1 = 1", NOW)).isTrue();
    assertThat(PATHS.test(null, "{} = 1", NOW)).isFalse();
    assertThatThrownBy(() -> PATHS.test(null, "1 | 2", NOW)).hasMessageContaining("2 value(s)");
    assertThatThrownBy(() -> PATHS.test(null, "'true'", NOW)).hasMessageContaining("true or false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%patient.id |",
        "%record.ofType(Observation).last() | Observation",
        "%record.ofType(FHIR.Observation) | Observation",
        "%record.as(Observation) | Observation",
        "(%record as Observation).status | Observation",
        "%record.where($this is Observation).last() | Observation",
        "%record.where($this.is(Observation)) | Observation",
        "%record.where($this is Observation and status = 'final') | Observation",
        "%record.where(status = 'final' and $this is Observation) | Observation",
        "%record.where($this is Observation or $this is Condition) | Condition,Observation",
        "%record.where(($this is Observation or $this is Condition) and x) | Condition,Observation",
        "%record.where($this is Observation or status = 'final') | Resource",
        "%record.where(status = 'final').ofType(Task) | Task",
        "%record.where(status = 'final').last().ofType(Task) | Resource",
        "%record.last() | Resource",
        "%record.count() | Resource",
        "%record.ofType(DomainResource) | Resource",
        "%record.ofType(Task).exists() and %record.ofType(Goal).exists() | Goal,Task",
        "%record.ofType(Task).exists() and %record.exists() | Resource",
        "iif(%patient.exists(), %record.ofType(Task), %record.ofType(Goal)) | Goal,Task",
        "x.where(y = %record.ofType(Task).id) | Task",
      })
  void tellsWhichTypesToLoad(String expression, String types) {
    Set<String> expected = types == null ? Set.of() : Set.of(types.split(","));

    assertThat(PATHS.recordTypes(expression)).isEqualTo(expected);
  }

  @Test
  void tellsWhichVariablesAreRead() {
    assertThat(
            PATHS.variables("%a.b + iif(%c, 'x', %resource.id) + %ucum + @2020-01-01 + %context"))
        .containsExactlyInAnyOrder("a", "c", "resource");
  }

  @Test
  void manyThreadsShareIt() throws Exception {
    var pool = Executors.newFixedThreadPool(8);
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      FhirPathContext context = NOW.with("n", new StringType("v" + i));
      String expression = "%n + '" + i % 7 + "'";
      calls.add(() -> value(expression, context));
    }
    List<Future<String>> results = pool.invokeAll(calls);
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i).get()).isEqualTo("v" + i + i % 7);
    }
    pool.shutdown();
  }

  private static FhirPathContext record() {
    List<Base> record = new ArrayList<>();
    record.add(new Observation().setId("Observation/o1/_history/3"));
    record.add(new Condition().setId("c1"));
    record.add(new Observation().setId("o2"));
    record.add(new Patient().setId("p1"));
    return NOW.with("record", record)
        .with("patient", new Patient().setId("Patient/p1/_history/1"))
        .with("empty", List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%record.answers('referral').answer('pain') | 7",
        "%record.allAnswers('referral').answer('pain') | 3,7",
        "%record.allAnswers('referral').count() | 2",
        "%record.answers('referral').answer('side') | left,right",
        "%record.answers('referral').items('level').answer('side') | left,right",
        "%record.answers('referral').items('level').count() | 2",
        "%record.answers('recovery').answer('pain') | ''",
        "%record.answers('recovery-review').answer('pain') | 1",
        "%record.answers('referral').answer('absent') | ''",
        "%record.evidence('triage').output('rule') | D1-2,D1-3",
        "%record.evidence('triage').input('Pain now') | 7",
        "%record.evidence('other').output('rule') | ''",
        "%record.appointments('visit').id | second",
        "%record.appointments('other').id | ''",
      })
  void knowsTheWordsForAnswersAndEvidence(String expression, String expected) {
    assertThat(
            PATHS.evaluate(null, expression, asked()).stream()
                .map(Base::primitiveValue)
                .collect(Collectors.joining(",")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%record.answers('referral').answer('pain') | QuestionnaireResponse",
        "%record.allAnswers('referral').count() | QuestionnaireResponse",
        "%record.evidence('triage').output('rule') | GuidanceResponse",
        "%record.appointments('visit').start | Appointment",
      })
  void wordsReadOnlyWhatTheyAreAbout(String expression, String type) {
    assertThat(PATHS.recordTypes(expression)).containsExactly(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "%record.answers('f').answer('q').code = 'A' # f q A",
        "'A' = %record.answers('f').answer('q').code # f q A",
        "%record.answers('f').answer('q').where(code in ('A' | 'B')).exists() # f q A,B",
        "%record.answers('f').answer('q').exists(code != 'A') # f q A",
        "%today.daysUntil(%record.answers('f').answer('q')) # f q",
        "%record.answers('f').items('g').where(answer('q').code = 'A').exists() # f q A",
        "%resource.repeat(item).where(linkId = 'q').answer.value.code = 'A' # ' q A'",
        "%resource.repeat(item).where('q' = linkId).answer.value # ' q'",
        "%resource.descendants().where(linkId='q' and answer.value = true).exists() # ' q'",
        "item.where(linkId in ('q' | 'r')).answer.value # ' q; r'",
        "%record.where(questionnaire.startsWith('x/f|')).descendants().where(linkId = 'q') # f q",
      })
  void tellsWhichAnswersAnExpressionAsksFor(String expression, String expected) {
    assertThat(
            PATHS.asked(expression).stream()
                .map(Asked.Answer.class::cast)
                .filter(asked -> asked.question() != null)
                .map(FhirPathsTest::told)
                .collect(Collectors.toSet()))
        .contains(expected.split(";"));
  }

  @Test
  void tellsWhichEvidenceAnExpressionAsksFor() {
    assertThat(PATHS.asked("%record.evidence('d').input('Pain now')"))
        .contains(new Asked.Evidence("d", "input", "Pain now"));
    assertThat(
            PATHS.asked(
                "%record.where(module.contains('/d|')).last().contained.where(id = 'outputs')"
                    + ".parameter.where(name = 'route').value"))
        .contains(new Asked.Evidence("d", "output", "route"));
  }

  private static String told(Asked.Answer asked) {
    return "%s %s %s"
        .formatted(
            asked.form() == null ? "" : asked.form(),
            asked.question(),
            String.join(",", asked.codes()))
        .stripTrailing();
  }

  private static FhirPathContext asked() {
    GuidanceResponse evidence =
        new GuidanceResponse()
            .setModule(new CanonicalType("https://x/decision/p/triage|1.0.0"))
            .setOutputParameters(new Reference("#outputs"));
    Parameters outputs = new Parameters();
    outputs.setId("outputs");
    outputs.addParameter("rule", "D1-2").addParameter("rule", "D1-3");
    Parameters inputs = new Parameters();
    inputs.setId("inputs");
    inputs.addParameter("Pain now", "7");
    evidence.addContained(outputs).addContained(inputs);
    evidence
        .addExtension()
        .setUrl("https://carepathway.org/fhir/StructureDefinition/decision-inputs")
        .setValue(new Reference("#inputs"));
    return NOW.with(
        "record",
        List.of(
            answers("referral|1.0.0", "3"),
            answers("recovery-review|1.0.0", "1"),
            answers("referral|2.0.0", "7", "left", "right"),
            appointment("first", "procedure"),
            appointment("second", "visit"),
            new Appointment(),
            evidence));
  }

  private static Appointment appointment(String id, String service) {
    Appointment appointment = new Appointment();
    appointment.setId(id);
    appointment.addServiceType().addCoding().setCode(service);
    return appointment;
  }

  private static QuestionnaireResponse answers(String form, String pain, String... sides) {
    QuestionnaireResponse answers =
        new QuestionnaireResponse().setQuestionnaire("https://x/Questionnaire/" + form);
    var group = answers.addItem().setLinkId("group");
    group.addItem().setLinkId("pain").addAnswer().setValue(new StringType(pain));
    for (String side : sides) {
      group
          .addItem()
          .setLinkId("level")
          .addItem()
          .setLinkId("side")
          .addAnswer()
          .setValue(new StringType(side));
    }
    return answers;
  }
}
