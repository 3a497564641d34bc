package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.executor.InterceptorService;
import ca.uhn.fhir.repository.IRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.content.ContentOnDisk;
import org.carepathway.form.Form;
import org.carepathway.form.FormReader;
import org.carepathway.form.Population;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms as they are delivered, filled from what an EHR holds. */
class FactsInFormsTest {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final FhirPaths PATHS = new FhirPaths(FHIR);
  private static final Path PROFILES = Path.of("fhir-profiles");
  private static final String INR = "'code': {'text': 'INR', 'coding': [%s'code': '6301-6'}]}";
  private static final String LOINC = "{'system': 'http://loinc.org', ";
  private static final String PLATELETS =
      "'code': {'text': 'Platelets', 'coding': [" + LOINC + "'code': '777-3'}]}";
  private static final String UCUM = "'system': 'http://unitsofmeasure.org'";
  private static final String SCT = "'coding': [{'system': 'http://snomed.info/sct', 'code': ";

  private final IRepository repository = new MemoryStore(FHIR, new InterceptorService());

  private static Stream<Path> questionnaires() throws IOException {
    try (Stream<Path> all = Files.walk(PROFILES)) {
      return all
          .filter(path -> path.toString().contains("/Questionnaire/"))
          .filter(path -> path.toString().endsWith(".json"))
          .toList()
          .stream();
    }
  }

  private static <T extends Resource> T read(Class<T> type, Path file) {
    try {
      return FHIR.newJsonParser().parseResource(type, Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Coding> codes(String canonical) {
    String file = canonical.replaceAll("^.*/|\\|.*$", "") + ".json";
    return Stream.of("vertebroplasty", "kyphoplasty", "base")
        .map(folder -> PROFILES.resolve(folder).resolve("ValueSet").resolve(file))
        .filter(Files::exists)
        .limit(1)
        .flatMap(path -> read(ValueSet.class, path).getCompose().getInclude().stream())
        .flatMap(
            include ->
                include.getConcept().stream()
                    .map(c -> new Coding(include.getSystem(), c.getCode(), c.getDisplay())))
        .toList();
  }

  private static Form form(Path file) {
    return new FormReader(PATHS, FactsInFormsTest::codes)
        .read(FHIR.newJsonParser().parseResource(Questionnaire.class, ContentOnDisk.whole(file)));
  }

  private static <T extends Resource> T resource(Class<T> type, String elements) {
    String json = "{\"resourceType\": \"" + type.getSimpleName() + "\", " + elements + "}";
    return FHIR.newJsonParser().parseResource(type, json.replace('\'', '"'));
  }

  private void store(String type, String subject, String elements) {
    String json =
        "{'resourceType': '%s', '%s': {'reference': 'Patient/p1'}, %s}"
            .formatted(type, subject, elements);
    repository.create((Resource) FHIR.newJsonParser().parseResource(json.replace('\'', '"')));
  }

  private QuestionnaireResponse populated(Path file, Patient patient) {
    FhirPathContext context =
        FhirPathContext.at(ZonedDateTime.parse("2026-03-01T10:00:00+01:00"))
            .with("patient", patient.setId("p1"));
    Path kinds = PROFILES.resolve("vertebroplasty/ConceptMap/kinds-of-drugs.json");
    context = context.with("kinds", List.of(read(ConceptMap.class, kinds)));
    Reference nurse = new Reference();
    nurse.getIdentifier().setValue("nurse");
    context = context.with("user", nurse);
    for (String name : List.of("record", "policy", "referral", "carePlan", "episode", "activity")) {
      context = context.with(name, List.of());
    }
    return new Population(PATHS, repository).populate(form(file), context);
  }

  /** The answers of an item as text, joined; empty for none. */
  private String answer(String form, Patient patient, String linkId) {
    Path file = PROFILES.resolve("vertebroplasty/Questionnaire").resolve(form + ".json");
    return flat(populated(file, patient).getItem())
        .filter(item -> item.getLinkId().equals(linkId))
        .flatMap(item -> item.getAnswer().stream())
        .map(answer -> answer.getValue())
        .map(value -> value instanceof Coding coding ? coding.getCode() : value.primitiveValue())
        .collect(Collectors.joining(","));
  }

  private static Stream<QuestionnaireResponseItemComponent> flat(
      List<QuestionnaireResponseItemComponent> items) {
    return items.stream().flatMap(item -> Stream.concat(Stream.of(item), flat(item.getItem())));
  }

  private String answer(String form, String linkId) {
    return answer(form, new Patient(), linkId);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'status': 'final', 'effectiveDateTime': '2026-02-28T08:00:00Z', 'valueQuantity': {'value': 210, %UCUM, 'code': '10*9/L'} | 210 | Platelets 210 10*9/L (2026-02-28)",
        "'status': 'final', 'effectiveDateTime': '2026-02-28T08:00:00Z', 'valueQuantity': {'value': 210000, 'unit': '/uL', %UCUM, 'code': '/uL'} | 210 | Platelets 210000 /uL (2026-02-28)",
        "'status': 'final', 'effectivePeriod': {'start': '2026-02-28T08:00:00Z'}, 'valueQuantity': {'value': 210, %UCUM, 'code': '10*9/L'} | 210 | Platelets 210 10*9/L (2026-02-28)",
        "'status': 'final', 'issued': '2026-02-28T08:00:00Z', 'valueQuantity': {'value': 210, %UCUM, 'code': '10*9/L'} | 210 | Platelets 210 10*9/L (2026-02-28)",
        "'status': 'final', 'effectiveDateTime': '2026-02-28T08:00:00Z', 'valueQuantity': {'value': 20, 'comparator': '<', %UCUM, 'code': '10*9/L'} | `` | Platelets <20 10*9/L (2026-02-28)",
        "'status': 'final', 'effectiveDateTime': '2026-02-28T08:00:00Z', 'valueString': 'clumped' | `` | Platelets clumped (2026-02-28)",
        "'status': 'final', 'effectiveDateTime': '2026-02-28T08:00:00Z', 'valueQuantity': {'value': 210} | `` | Platelets 210  (2026-02-28)",
        "'status': 'entered-in-error', 'effectiveDateTime': '2026-02-28T08:00:00Z', 'valueQuantity': {'value': 210, %UCUM, 'code': '10*9/L'} | `` | ``",
        "'status': 'cancelled', 'effectiveDateTime': '2026-02-28T08:00:00Z', 'valueQuantity': {'value': 210, %UCUM, 'code': '10*9/L'} | `` | ``",
        "'status': 'final', 'effectiveDateTime': '2040-02-28T08:00:00Z', 'valueQuantity': {'value': 210, %UCUM, 'code': '10*9/L'} | `` | ``",
        "'status': 'final', 'effectiveDateTime': '2026-01-28T08:00:00Z', 'valueQuantity': {'value': 210, %UCUM, 'code': '10*9/L'} | `` | Platelets 210 10*9/L (2026-01-28)",
      })
  void bloodTestsAreTakenForWhatTheyAre(String elements, String value, String shown) {
    store("Observation", "subject", PLATELETS + ", " + elements.replace("%UCUM", UCUM));

    assertThat(answer("work-up", "platelets")).isEqualTo(value);
    assertThat(answer("work-up", "platelets-at").isEmpty()).isEqualTo(value.isEmpty());
    assertThat(answer("work-up", "labs-on-file")).isEqualTo(shown);
  }

  /** What a monitor has sent is offered while it is new, and as it was measured. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'status': 'final', 'effectiveDateTime': '2026-03-01T09:56:00+01:00', 'valueQuantity': {'value': 71, %UCUM, 'code': '/min'} | 71",
        "'status': 'corrected', 'effectiveDateTime': '2026-03-01T09:56:00+01:00', 'valueQuantity': {'value': 71.8, %UCUM, 'code': '/min'} | 71",
        "'status': 'final', 'effectiveDateTime': '2026-03-01T09:54:00+01:00', 'valueQuantity': {'value': 71, %UCUM, 'code': '/min'} | ``",
        "'status': 'final', 'effectiveDateTime': '2026-03-01', 'valueQuantity': {'value': 71, %UCUM, 'code': '/min'} | ``",
        "'status': 'final', 'effectiveDateTime': '2026-03-01T10:30:00+01:00', 'valueQuantity': {'value': 71, %UCUM, 'code': '/min'} | ``",
        "'status': 'final', 'valueQuantity': {'value': 71, %UCUM, 'code': '/min'} | ``",
        "'status': 'preliminary', 'effectiveDateTime': '2026-03-01T09:56:00+01:00', 'valueQuantity': {'value': 71, %UCUM, 'code': '/min'} | ``",
        "'status': 'entered-in-error', 'effectiveDateTime': '2026-03-01T09:56:00+01:00', 'valueQuantity': {'value': 71, %UCUM, 'code': '/min'} | ``",
        "'status': 'final', 'effectiveDateTime': '2026-03-01T09:56:00+01:00', 'valueQuantity': {'value': 71, 'comparator': '<', %UCUM, 'code': '/min'} | ``",
        "'status': 'final', 'effectiveDateTime': '2026-03-01T09:56:00+01:00', 'valueQuantity': {'value': 1.2, %UCUM, 'code': 'Hz'} | ``",
        "'status': 'final', 'effectiveDateTime': '2026-03-01T09:56:00+01:00', 'valueQuantity': {'value': 71} | ``",
      })
  void vitalSignsAreOfferedWhileTheyAreNew(String elements, String pulse) {
    store(
        "Observation",
        "subject",
        "'code': {'coding': [" + LOINC + "'code': '8867-4'}]}, " + elements.replace("%UCUM", UCUM));

    assertThat(answer("recovery", "heart-rate")).isEqualTo(pulse);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'system': 'phone', 'value': '555-1'} | 555-1",
        "{'system': 'email', 'value': 'a@example.org'}, {'system': 'phone', 'use': 'home', 'value': '555-2'} | 555-2",
        "{'system': 'phone', 'use': 'old', 'value': '555-0'}, {'system': 'phone', 'use': 'mobile', 'value': '555-3'} | 555-3",
        "{'system': 'phone', 'period': {'end': '2020-01-01'}, 'value': '555-0'}, {'system': 'phone', 'value': '555-4'} | 555-4",
        "{'system': 'phone', '_value': {'extension': [{'url': 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', 'valueCode': 'masked'}]}}, {'system': 'phone', 'value': '555-5'} | 555-5",
        "{'system': 'phone', 'use': 'old', 'value': '555-0'} | ``",
      })
  void thePhoneIsOneThatIsInUse(String numbers, String phone) {
    Patient patient = resource(Patient.class, "'telecom': [" + numbers + "]");

    assertThat(answer("referral", patient, "phone")).isEqualTo(phone);
    assertThat(answer("discharge", patient, "follow-up-phone")).isEqualTo(phone);
  }

  @ParameterizedTest
  @CsvSource({"6301-6", "34714-6", "38875-1"})
  void theNewestInrCountsWhicheverMethodItWasMadeWith(String code) {
    String inr = INR.formatted(LOINC).replace("6301-6", code);
    String value = ", 'status': 'final', 'valueQuantity': {'value': %s}, '%s': '%s'";
    store("Observation", "subject", inr + value.formatted("2.4", "issued", "2026-02-28T08:00:00Z"));
    store(
        "Observation", "subject", inr + value.formatted("1.1", "effectiveDateTime", "2026-02-25"));

    assertThat(answer("work-up", "inr")).isEqualTo("2.4");
  }

  /** One blood draw has one time, unless a part of it came from the laboratory. */
  @ParameterizedTest
  @CsvSource({"2025-05-11, false", "2026-02-20, false", "2026-02-27, true"})
  void onlyFreshBloodTestsOnFileHaveATimeOfTheirOwn(String taken, String onFile) {
    store(
        "Observation",
        "subject",
        PLATELETS
            + ", 'status': 'final', 'valueQuantity': {'value': 210}, 'effectiveDateTime': '"
            + taken
            + "'");

    assertThat(answer("work-up", "draw-on-file")).isEqualTo(onFile);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'code': {'text': 'Nuts'} | allergy-known | Nuts",
        "'code': {%SCT '91936005', 'display': 'Allergy to penicillin'}]} | allergy-known | Allergy to penicillin",
        "'code': {%SCT '91936005'}]} | allergy-known | 91936005",
        "'code': {%SCT '716186003', 'display': 'No known allergy'}]} | allergy-nka | No known allergy",
        "'code': {%SCT '409137002', 'display': 'No known drug allergy'}]} | `` | No known drug allergy",
        "'code': {'text': 'Nuts'}, 'verificationStatus': {'coding': [{'code': 'refuted'}]} | `` | ``",
        "'code': {'text': 'Nuts'}, 'verificationStatus': {'coding': [{'code': 'entered-in-error'}]} | `` | ``",
        "'code': {'text': 'Nuts'}, 'clinicalStatus': {'coding': [{'code': 'resolved'}]} | `` | ``",
        "'code': {'text': 'Nuts'}, 'clinicalStatus': {'coding': [{'code': 'inactive'}]} | `` | ``",
      })
  void allergiesAreWhatIsKnownNow(String elements, String known, String shown) {
    store("AllergyIntolerance", "patient", elements.replace("%SCT", SCT));

    assertThat(answer("referral", "allergies")).isEqualTo(known);
    assertThat(answer("referral", "allergies-on-file")).isEqualTo(shown);
    assertThat(answer("eligibility-exam", "summary-allergies")).isEqualTo(shown);
    assertThat(answer("pre-procedure", "allergies-known")).isEqualTo(shown);
    assertThat(answer("patient-page", "allergy-text")).isEqualTo(shown);
  }

  /**
   * Each way that an EHR may write a drug: which blood thinner it is asked as, and what is shown.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'medicationCodeableConcept': {'coding': [%RX%855288'}]} | drug-warfarin | 0 / 1 | ``",
        "'medicationCodeableConcept': {'text': 'Enteric coated ASPIRIN 81 mg'} | drug-aspirin | 0 / 1 | ``",
        "'medicationCodeableConcept': {'coding': [%ATC%B01AF02'}]} | drug-other-thinner | 0 / 1 | ``",
        "'medicationCodeableConcept': {'coding': [%ATC%B01AF02'}], 'text': 'Apixaban'} | drug-apixaban | 0 / 1 | ``",
        "'medicationCodeableConcept': {'coding': [%ATC%N02BA01'}]} | drug-other-thinner | 0 / 1 | ``",
        "'medicationCodeableConcept': {'coding': [%ATC%N02AX02'}]} | `` | 0 / 1 | ``",
        "'medicationCodeableConcept': {'text': 'Acenocumarol'} | drug-other-thinner | 0 / 1 | ``",
        "'medicationCodeableConcept': {'text': 'Lisinopril'} | `` | 1 / 1 | 1 / 1: Lisinopril",
        "'medicationReference': {'reference': 'Medication/m1'} | drug-rivaroxaban | 0 / 1 | ``",
        "'medicationReference': {'reference': 'Medication/m2'} | drug-clopidogrel,drug-aspirin | 0 / 1 | ``",
        "'medicationReference': {'reference': 'Medication/none', 'display': 'Tablet'} | `` | 1 / 1 | 1 / 1: Tablet",
        "'contained': [{'resourceType': 'Medication', 'id': 'c', 'code': {'coding': [%RX%309362'}]}}], 'medicationReference': {'reference': '#c'} | drug-clopidogrel | 0 / 1 | ``",
        "'doNotPerform': true, 'medicationCodeableConcept': {'text': 'Xarelto'} | `` | 0 / 0 | ``",
        "'intent': 'proposal', 'medicationCodeableConcept': {'text': 'Xarelto'} | `` | 0 / 0 | ``",
      })
  void drugsAreReadHoweverTheyAreWritten(
      String elements, String asked, String counted, String unclassified) {
    repository.update(stored("'id': 'm1', 'code': {'text': 'Xarelto 20 mg'}"));
    repository.update(
        stored(
            "'id': 'm2', 'ingredient': [{'itemCodeableConcept': {'text': 'Clopidogrel'}}, {'itemCodeableConcept': {'text': 'Aspirin'}}]"));
    store(
        "MedicationRequest",
        "subject",
        "'status': 'active', "
            + elements
                .replace(
                    "%RX%", "{'system': 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '")
                .replace("%ATC%", "{'system': 'http://www.whocc.no/atc', 'code': '"));

    assertThat(answer("work-up", "thinner-drug").split(","))
        .containsExactlyInAnyOrder(asked.split(","));
    for (String form : List.of("referral", "work-up", "pre-procedure")) {
      assertThat(answer(form, "drugs-counted")).isEqualTo(counted);
      assertThat(answer(form, "drugs-unclassified")).isEqualTo(unclassified);
    }
  }

  private static Medication stored(String elements) {
    return resource(Medication.class, elements);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'gender': 'female', 'birthDate': '1990-05-05' | true",
        "'gender': 'unknown', 'birthDate': '1990-05-05' | true",
        "'gender': 'other', 'birthDate': '1990-05-05' | true",
        "'birthDate': '1990-05-05' | true",
        "'gender': 'female' | true",
        "'gender': 'female', 'birthDate': '1990' | true",
        "'gender': 'female', 'birthDate': '1990-05' | true",
        "'active': true | true",
        "'gender': 'male', 'birthDate': '1990-05-05' | false",
        "'gender': 'male' | false",
        "'gender': 'female', 'birthDate': '1948-05-05' | false",
        "'gender': 'female', 'birthDate': '1948' | false",
        "'gender': 'unknown', 'birthDate': '1948-05-05' | false",
        "'gender': 'female', 'birthDate': '1970-03-01' | false",
        "'gender': 'female', 'birthDate': '1970-03-02' | true",
        "'gender': 'female', 'birthDate': '2014-03-01' | true",
        "'gender': 'female', 'birthDate': '2014-03-02' | false",
      })
  void pregnancyIsAskedUnlessItIsExcluded(String elements, String asked) {
    assertThat(answer("referral", resource(Patient.class, elements), "childbearing"))
        .isEqualTo(asked);
  }

  /** What no form expects: no value, another type of value, no time, no name. */
  @ParameterizedTest
  @MethodSource("questionnaires")
  void noFormFailsOnWhatAnEhrMaySend(Path form) {
    String code =
        "'status': 'final', 'category': [{'coding': [{'code': 'laboratory'}]}], 'code': {'coding': ["
            + Stream.of("6301-6", "777-3", "82810-3", "38267-1", "38264-8")
                .map(loinc -> LOINC + "'code': '" + loinc + "'}")
                .collect(Collectors.joining(","))
            + "]}";
    for (String value :
        List.of(
            "'valueString': '<20'",
            "'valueQuantity': {'unit': 'x'}",
            "'valueQuantity': {'value': 20, 'comparator': '<', 'code': '10*9/L'}",
            "'valueCodeableConcept': {'text': 'high'}",
            "'valueRange': {'low': {'value': 1}}",
            "'valueBoolean': true",
            "'dataAbsentReason': {'text': 'none'}")) {
      store("Observation", "subject", code + ", " + value);
      store("Observation", "subject", code + ", 'effectiveDateTime': '2026-02-28', " + value);
      store("AllergyIntolerance", "patient", "'criticality': 'high'");
      store("Flag", "subject", "'status': 'active', 'code': {}");

      assertThat(populated(form, new Patient()).getStatus()).isNotNull();
    }
  }
}
