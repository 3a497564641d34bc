package org.carepathway.fact;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of what counts, when, in which unit and by which name. */
class FactsTest {

  private static final DateTimeType NOW = new DateTimeType("2026-03-01T10:00:00+01:00");

  private static final Bundle MEDICATIONS = new Bundle();

  static {
    for (String stored :
        List.of(
            "'id': 'by-code', 'code': {'coding': [%s]}".formatted(rxnorm("855288")),
            "'id': 'by-name', 'code': {'text': 'Xarelto 20 mg'}",
            "'id': 'by-part', 'ingredient': [{'itemCodeableConcept': {'coding': [%s]}}, {'itemCodeableConcept': {'text': 'Caffeine'}}]"
                .formatted(rxnorm("855288")),
            "'id': 'inside', 'contained': [{'resourceType': 'Substance', 'id': 's', 'code': {'text': 'Apixaban'}}], 'ingredient': [{'itemReference': {'reference': '#s'}}]",
            "'id': 'wrong', 'status': 'entered-in-error', 'code': {'text': 'Xarelto'}")) {
      MEDICATIONS.addEntry().setResource(resource("Medication", stored));
    }
  }

  /** As content says it: a product, two classes, the wider one of which only hints, and names. */
  private static final Kinds KINDS =
      Kinds.of(
          List.of(
              resource(
                  "ConceptMap",
                  """
                  'group': [
                  {'source': 'http://www.nlm.nih.gov/research/umls/rxnorm', 'target': 'k', 'element': [
                    {'code': '855288', 'target': [{'code': 'warfarin'}]}]},
                  {'source': 'http://www.whocc.no/atc', 'target': 'k', 'element': [
                    {'code': 'B01A', 'target': [{'code': 'thinner', 'equivalence': 'wider'}]},
                    {'code': 'B01AF', 'target': [{'code': 'xa', 'equivalence': 'wider'}]},
                    {'code': 'M01A', 'target': [{'code': 'nsaid', 'equivalence': 'equal'}]}]},
                  {'source': 'https://carepathway.org/fhir/CodeSystem/name-part', 'target': 'k', 'element': [
                    {'code': 'xarelto', 'target': [{'code': 'rivaroxaban', 'equivalence': 'equal'}]},
                    {'code': 'apixab', 'target': [{'code': 'apixaban', 'equivalence': 'equal'}]},
                    {'code': 'penicil', 'target': [{'code': 'beta-lactam', 'equivalence': 'equal'}]}]}]
                  """)));

  private static String rxnorm(String code) {
    return "{'system': 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '%s'}"
        .formatted(code);
  }

  private static Resource resource(String type, String elements) {
    String json = "{\"resourceType\": \"" + type + "\", " + elements.replace('\'', '"') + "}";
    return (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(json);
  }

  private static List<Resource> onFile(String query, Resource... found) {
    Bundle bundle = new Bundle();
    for (Resource resource : found) {
      bundle.addEntry().setResource(resource);
    }
    return Facts.onFile(query, bundle, MEDICATIONS, KINDS, NOW).getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .toList();
  }

  @ParameterizedTest(name = "{0} {1}: record {2}, on file {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Observation | 'status': 'final' | true | true",
        "Observation | 'status': 'amended' | true | true",
        "Observation | 'status': 'corrected' | true | true",
        "Observation | 'status': 'preliminary' | true | true",
        "Observation | 'status': 'registered' | true | false",
        "Observation | 'status': 'cancelled' | true | false",
        "Observation | 'status': 'unknown' | true | false",
        "Observation | 'status': 'entered-in-error' | false | false",
        "AllergyIntolerance | 'criticality': 'high' | true | true",
        "AllergyIntolerance | 'verificationStatus': {'coding': [{'code': 'unconfirmed'}]} | true | true",
        "AllergyIntolerance | 'verificationStatus': {'coding': [{'code': 'refuted'}]} | false | false",
        "AllergyIntolerance | 'verificationStatus': {'coding': [{'code': 'entered-in-error'}]} | false | false",
        "AllergyIntolerance | 'clinicalStatus': {'coding': [{'code': 'active'}]} | true | true",
        "AllergyIntolerance | 'clinicalStatus': {'coding': [{'code': 'inactive'}]} | false | false",
        "AllergyIntolerance | 'clinicalStatus': {'coding': [{'code': 'resolved'}]} | false | false",
        "Condition | 'verificationStatus': {'coding': [{'code': 'refuted'}]} | false | false",
        "Condition | 'clinicalStatus': {'coding': [{'code': 'resolved'}]} | true | true",
        "MedicationStatement | 'status': 'active' | true | true",
        "MedicationStatement | 'status': 'on-hold' | true | true",
        "MedicationStatement | 'status': 'not-taken' | true | false",
        "MedicationStatement | 'status': 'stopped' | true | false",
        "MedicationStatement | 'status': 'completed' | true | false",
        "MedicationStatement | 'status': 'entered-in-error' | false | false",
        "MedicationRequest | 'status': 'active' | true | true",
        "MedicationRequest | 'status': 'active', 'doNotPerform': false | true | true",
        "MedicationRequest | 'status': 'active', 'doNotPerform': true | false | false",
        "MedicationRequest | 'status': 'draft' | true | false",
        "MedicationRequest | 'status': 'cancelled' | true | false",
        "MedicationRequest | 'status': 'stopped' | true | false",
        "MedicationRequest | 'status': 'active', 'intent': 'plan' | true | true",
        "MedicationRequest | 'status': 'active', 'intent': 'order' | true | true",
        "MedicationRequest | 'status': 'active', 'intent': 'proposal' | true | false",
        "MedicationRequest | 'status': 'active', 'intent': 'option' | true | false",
        "ServiceRequest | 'status': 'active', 'doNotPerform': true | false | false",
        "Flag | 'status': 'inactive' | true | false",
        "Procedure | 'status': 'not-done' | true | false",
        "Procedure | 'status': 'entered-in-error' | false | false",
        "QuestionnaireResponse | 'status': 'entered-in-error' | false | false",
        "AdverseEvent | 'actuality': 'actual' | true | true",
      })
  void theStatusDecides(String type, String elements, boolean record, boolean file) {
    Resource resource = resource(type, elements);

    assertThat(Facts.counts(resource)).isEqualTo(record);
    assertThat(onFile(type + "?patient=p", resource)).hasSize(file ? 1 : 0);
  }

  @ParameterizedTest(name = "{0} gives {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'effectiveDateTime': '2026-02-27T08:00:00Z' | 2026-02-27T08:00:00Z",
        "'effectiveDateTime': '2026-03-01' | 2026-03-01",
        "'effectiveDateTime': '2026-03' | 2026-03",
        "'effectiveInstant': '2026-02-27T08:00:00Z' | 2026-02-27T08:00:00Z",
        "'effectivePeriod': {'start': '2026-02-27', 'end': '2026-02-28'} | 2026-02-28",
        "'effectivePeriod': {'start': '2026-02-27'} | 2026-02-27",
        "'effectiveTiming': {'event': ['2026-02-27', '2026-02-28', '2026-02-26']} | 2026-02-28",
        "'issued': '2026-02-27T08:00:00Z' | 2026-02-27T08:00:00Z",
        "'status': 'final' | ``",
        "'effectiveDateTime': '2040-01-01T08:00:00Z' | none",
        "'effectiveDateTime': '2026-03-01T10:00:01+01:00' | none",
        "'effectiveDateTime': '2026-03-02' | none",
        "'effectiveDateTime': '2027' | none",
        "'effectivePeriod': {'start': '2026-02-27', 'end': '2026-03-02'} | none",
        "'issued': '2040-01-01T08:00:00Z' | none",
      })
  void aResultHasATimeThatIsOver(String elements, String time) {
    List<Resource> facts = onFile("Observation", resource("Observation", elements));

    assertThat(facts)
        .map(fact -> ((Observation) fact).getEffective())
        .map(at -> at == null ? "" : at.primitiveValue())
        .isEqualTo("none".equals(time) ? List.of() : List.of(time));
  }

  @Test
  void theNewestByClinicalTimeComesFirst() {
    Resource stored = resource("Observation", "'effectiveDateTime': '2026-01-01'");
    Resource issued = resource("Observation", "'issued': '2026-02-01T00:00:00Z'");
    Resource period = resource("Observation", "'effectivePeriod': {'end': '2026-02-20'}");
    Resource never = resource("Observation", "'status': 'final'");

    assertThat(onFile("Observation", never, stored, issued, period))
        .map(fact -> ((Observation) fact).getEffectiveDateTimeType().getValueAsString())
        .containsExactly("2026-02-20", "2026-02-01T00:00:00Z", "2026-01-01", null);
    assertThat(issued.getNamedProperty("effective[x]").hasValues()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://snomed.info/sct, 716186003",
    "http://snomed.info/sct, 409137002",
    "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips, no-known-allergies",
    "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips, no-allergy-info",
  })
  void thatThereIsNoneIsNoAllergy(String system, String code) {
    Resource absence =
        resource(
            "AllergyIntolerance",
            "'code': {'coding': [{'system': '%s', 'code': '%s'}]}".formatted(system, code));

    assertThat(onFile("AllergyIntolerance?patient=p", absence)).isEmpty();
    assertThat(onFile("AllergyIntolerance?patient=p&code=" + code, absence)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'code': {'text': 'Nuts', 'coding': [{'display': 'Nut'}]} | Nuts",
        "'code': {'coding': [{'code': '91936005', 'display': 'Allergy to penicillin'}]} | Allergy to penicillin",
        "'code': {'coding': [{'code': '1'}, {'code': '2', 'display': 'Second'}]} | Second",
        "'code': {'coding': [{'display': 'A'}, {'display': 'B', 'userSelected': true}]} | B",
        "'code': {'coding': [{'code': '91936005'}]} | 91936005",
      })
  void whatIsCodedHasAName(String elements, String name) {
    assertThat(onFile("AllergyIntolerance", resource("AllergyIntolerance", elements)))
        .map(fact -> ((AllergyIntolerance) fact).getCode().getText())
        .containsExactly(name);
  }

  @ParameterizedTest(name = "{0} {2} to {3} is {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "210     | ucum | 10*9/L | 10*9/L  | 210",
        "210000  | ucum | /uL    | 10*9/L  | 210",
        "210     | ucum | 10*3/uL | 10*9/L | 210",
        "12.5    | ucum | g/dL   | g/L     | 125",
        "2.1     | ucum | {INR}  | {INR}   | 2.1",
        "2.1     | ucum | 1      | {INR}   | 2.1",
        "2.1     |      |        | {INR}   | 2.1",
        "70      | ucum | %      | {INR}   |",
        "210     |      |        | 10*9/L  |",
        "210     | ucum | K/uL   | 10*9/L  |",
        "210     | ucum | nonsense | 10*9/L |",
        "210     | other | 10*9/L | 10*9/L |",
        "88      | ucum | umol/L | mg/dL   |",
      })
  void unitsAreConvertedOrNotUsed(
      BigDecimal value, String system, String code, String to, BigDecimal converted) {
    Quantity quantity =
        new Quantity()
            .setValue(value)
            .setSystem("ucum".equals(system) ? "http://unitsofmeasure.org" : system)
            .setCode(code)
            .setComparator(QuantityComparator.LESS_THAN);

    assertThat(Units.convert(quantity, to))
        .map(Quantity::getValue)
        .isEqualTo(Optional.ofNullable(converted));
    assertThat(Units.convert(quantity, to).map(Quantity::getComparator))
        .isEqualTo(Optional.ofNullable(converted).map(any -> QuantityComparator.LESS_THAN));
  }

  /** An operation of another year is the EHR's: no rule asks for it. */
  @Test
  void theHistoryOfTheEhrIsNoFact() {
    Resource own = resource("Procedure", "'status': 'completed'");
    Resource of = resource("Procedure", "'status': 'completed'");
    History.mark(of, true);
    History.mark(of, true);
    assertThat(of.getMeta().getTag()).hasSize(1);
    assertThat(onFile("Procedure?patient=p", own, of)).hasSize(1);
    History.mark(of, false);
    assertThat(onFile("Procedure?patient=p", own, of)).hasSize(2);
  }

  @ParameterizedTest(name = "{0} is {1}, named {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'medicationCodeableConcept': {'coding': [%RX%855288'}]} | warfarin | 855288",
        "'medicationCodeableConcept': {'coding': [%RX%8552'}]} | `` | 8552",
        "'medicationCodeableConcept': {'coding': [{'code': '855288'}]} | `` | 855288",
        "'medicationCodeableConcept': {'coding': [%ATC%B01AF01'}]} | xa | B01AF01",
        "'medicationCodeableConcept': {'coding': [%ATC%B01AC04'}]} | thinner | B01AC04",
        "'medicationCodeableConcept': {'coding': [%ATC%B01AF01'}], 'text': 'XARELTO'} | rivaroxaban | XARELTO",
        "'medicationCodeableConcept': {'coding': [%ATC%M01AE01'}, %ATC%B01AC06'}]} | nsaid | M01AE01",
        "'medicationCodeableConcept': {'coding': [%ATC%B02'}]} | `` | B02",
        "'medicationCodeableConcept': {'text': 'Apixabán 5 mg'} | apixaban | Apixabán 5 mg",
        "'medicationCodeableConcept': {'text': 'Lisinopril'} | `` | Lisinopril",
        "'medicationReference': {'reference': 'Medication/by-code'} | warfarin | 855288",
        "'medicationReference': {'reference': 'Medication/by-name'} | rivaroxaban | Xarelto 20 mg",
        "'medicationReference': {'reference': 'Medication/by-name/_history/3'} | rivaroxaban | Xarelto 20 mg",
        "'medicationReference': {'reference': 'Medication/by-part'} | warfarin | Caffeine",
        "'medicationReference': {'reference': 'Medication/inside', 'display': 'Box'} | apixaban | Box",
        "'medicationReference': {'reference': 'Medication/wrong', 'display': 'Box'} | `` | Box",
        "'medicationReference': {'reference': 'Medication/gone', 'display': 'Xarelto'} | rivaroxaban | Xarelto",
        "'medicationReference': {'reference': 'Medication/gone'} | `` | Medication/gone",
        "'medicationReference': {'reference': 'http://elsewhere/Medication/by-name'} | `` | http://elsewhere/Medication/by-name",
        "'medicationReference': {'identifier': {'value': '1'}} | `` | ?",
        "'contained': [{'resourceType': 'Medication', 'id': 'm', 'code': {'text': 'Eliquis (apixaban)'}}], 'medicationReference': {'reference': '#m'} | apixaban | Eliquis (apixaban)",
      })
  void aDrugHasItsNameAndItsKindWhereverTheSenderWroteThem(
      String elements, String kinds, String name) {
    for (String type : List.of("MedicationStatement", "MedicationRequest")) {
      String json =
          elements
              .replace(
                  "%RX%", "{'system': 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '")
              .replace("%ATC%", "{'system': 'http://www.whocc.no/atc', 'code': '");
      List<Resource> facts = onFile(type + "?patient=p", resource(type, json));

      assertThat(facts).hasSize(1);
      CodeableConcept drug =
          (CodeableConcept) facts.get(0).getNamedProperty("medication[x]").getValues().get(0);
      assertThat(
              drug.getCoding().stream()
                  .filter(coding -> "k".equals(coding.getSystem()))
                  .map(coding -> coding.getCode())
                  .toList())
          .isEqualTo(kinds.isEmpty() ? List.of() : List.of(kinds));
      assertThat(drug.getText()).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'code': {'text': 'Penicillin G'} | beta-lactam",
        "'code': {'coding': [{'code': '1', 'display': 'Alergia a penicilina'}]} | beta-lactam",
        "'code': {'text': 'Drug allergy'}, 'reaction': [{'substance': {'text': 'Penicillin V'}, 'manifestation': [{'text': 'Rash'}]}] | beta-lactam",
        "'code': {'text': 'Nuts'} | ``",
      })
  void anAllergyHasItsKind(String elements, String kind) {
    List<Resource> facts =
        onFile("AllergyIntolerance?patient=p", resource("AllergyIntolerance", elements));

    assertThat(((AllergyIntolerance) facts.get(0)).getCode().getCoding())
        .filteredOn(coding -> "k".equals(coding.getSystem()))
        .map(coding -> coding.getCode())
        .isEqualTo(kind.isEmpty() ? List.of() : List.of(kind));
  }

  @Test
  void onlyStoredMedicationsAreLookedUp() {
    Bundle found = new Bundle();
    for (String reference :
        List.of("Medication/a", "Medication/a/_history/2", "#b", "http://e/Medication/c")) {
      found
          .addEntry()
          .setResource(
              resource(
                  "MedicationStatement",
                  "'medicationReference': {'reference': '%s'}".formatted(reference)));
    }
    found.addEntry().setResource(resource("Observation", "'status': 'final'"));

    assertThat(Facts.pointedTo(found)).containsExactly("a");
  }
}
