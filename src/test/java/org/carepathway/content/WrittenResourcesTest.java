package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carepathway.content.WrittenResources.errors;
import static org.carepathway.content.WrittenResources.some;
import static org.carepathway.content.WrittenResources.values;

import java.util.List;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the forms of the day write, as an EHR reads it. */
class WrittenResourcesTest {

  private static final String ANSWER = "https://carepathway.org/fhir/CodeSystem/procedure-answer";
  private static final String T12 = "280849005";
  private static final String L1 = "61032001";

  private static final String SESSION =
      """
      {'linkId': 'session', 'item': [
        {'linkId': 'operator', 'answer': [{'valueString': 'dr example'}]},
        {'linkId': 'start', 'answer': [{'valueDateTime': '2026-11-02T08:00:00+01:00'}]},
        {'linkId': 'end', 'answer': [{'valueDateTime': '2026-11-02T09:00:00+01:00'}]},
        {'linkId': 'last-injection-at', 'answer': [{'valueDateTime': '2026-11-02T08:50:00+01:00'}]},
        {'linkId': 'anaesthesia', 'answer': [{'valueCoding': {'system': 'https://carepathway.org/fhir/CodeSystem/answer', 'code': 'anaesthesia-moderate-sedation'}}]},
        {'linkId': 'sedation', 'item': [
          {'linkId': 'sedation-drug', 'answer': [{'valueCoding': {'system': 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '1735003', 'display': '2 ML fentanyl 0.05 MG/ML Injection'}}]},
          {'linkId': 'sedation-dose', 'answer': [{'valueQuantity': {'value': 75, 'unit': 'µg', 'system': 'http://unitsofmeasure.org', 'code': 'ug'}}]}]}]}
      """;

  private static final String APPOINTMENT =
      """
      {'resourceType': 'Appointment', 'id': 'ap1', 'status': 'arrived',
        'meta': {'profile': ['https://carepathway.org/fhir/StructureDefinition/appointment']},
        'serviceType': [{'coding': [{'system': 'https://carepathway.org/fhir/CodeSystem/procedure-code', 'code': 'vertebral-augmentation'}]}],
        'participant': [{'status': 'accepted',
          'type': [{'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'code': 'PPRF'}]}],
          'actor': {'reference': 'PractitionerRole/role-1', 'display': 'Dr Booked'}}]}
      """;

  private static final WrittenResources RECORD =
      new WrittenResources("vertebroplasty")
          .with(
              "{'resourceType': 'Encounter', 'id': 'en1', 'status': 'in-progress', 'class': {'code':"
                  + " 'AMB'}}");

  private static String level(String code, String lot, String more) {
    return """
        {'linkId': 'level-treated', 'item': [
          {'linkId': 'level', 'answer': [{'valueCoding': {'system': 'http://snomed.info/sct', 'code': '%s', 'display': 'Structure of body of a vertebra'}}]},
          {'linkId': 'cement-type', 'answer': [{'valueCoding': {'system': 'http://snomed.info/sct', 'code': '427811002'}}]},
          {'linkId': 'cement-lot', 'answer': [{'valueString': '%s'}]},
          {'linkId': 'cement-expiry', 'answer': [{'valueDate': '2027-11-30'}]}%s]}
        """
        .formatted(code, lot, more);
  }

  private static String udi(String text) {
    return ", {'linkId': 'udi', 'answer': [{'valueString': '" + text + "'}]}";
  }

  private static String leak(int grade) {
    return """
        , {'linkId': 'leak-type', 'answer': [{'valueCoding': {'system': '%1$s', 'code': 'leak-c-canal'}}]},
        {'linkId': 'leak-grade', 'answer': [{'valueInteger': %2$d}]},
        {'linkId': 'leak-seen', 'answer': [{'valueCoding': {'system': '%1$s', 'code': 'leak-seen-ct'}}]},
        {'linkId': 'leak-event', 'item': [
          {'linkId': 'leak-severity', 'answer': [{'valueCoding': {'system': 'http://terminology.hl7.org/CodeSystem/adverse-event-severity', 'code': 'mild'}}]},
          {'linkId': 'leak-serious', 'answer': [{'valueBoolean': true}]},
          {'linkId': 'leak-outcome', 'answer': [{'valueCoding': {'system': 'http://terminology.hl7.org/CodeSystem/adverse-event-outcome', 'code': 'ongoing'}}]},
          {'linkId': 'leak-action', 'answer': [{'valueString': 'Stopped'}]}]}
        """
        .formatted(ANSWER, grade);
  }

  private static String levels(String... levels) {
    return SESSION + ", {'linkId': 'levels', 'item': [" + String.join(",", levels) + "]}";
  }

  private static List<Resource> procedure(String... levels) {
    return RECORD.of("procedure", levels(levels));
  }

  private static List<String> codes(Resource procedure, String system) {
    return values(procedure, "code.coding.where(system = '" + system + "').code");
  }

  @Test
  void theFirstLevelOfASessionIsBilledApartFromTheFurtherOnes() {
    List<Procedure> made =
        some(procedure(level(T12, "A", ""), level(L1, "B", "")), Procedure.class).toList();

    assertThat(made)
        .extracting(p -> codes(p, "http://www.ama-assn.org/go/cpt"))
        .containsExactly(List.of(), List.of("22510"), List.of("22512"));
    assertThat(made)
        .extracting(p -> codes(p, "http://www.cms.gov/Medicare/Coding/ICD10"))
        .containsExactly(List.of(), List.of(), List.of("0QU03JZ"));
    assertThat(values(made.get(1), "code.coding.where(system.endsWith('/cpt')).display")).isEmpty();
    assertThat(some(procedure(level(L1, "B", "")), Procedure.class))
        .last()
        .extracting(p -> codes(p, "http://www.ama-assn.org/go/cpt"))
        .isEqualTo(List.of("22511"));
  }

  @Test
  void theUdiIsKeptInItsParts() {
    Device cement =
        some(
                procedure(level(L1, "LOT-1", udi("(01)09506000134352(17)271130(10)LOT-1(21)S7"))),
                Device.class)
            .findFirst()
            .orElseThrow();

    assertThat(values(cement, "udiCarrier.deviceIdentifier | serialNumber"))
        .containsExactlyInAnyOrder("09506000134352", "S7");
    assertThat(values(cement, "udiCarrier.issuer"))
        .containsExactly("http://hl7.org/fhir/NamingSystem/gs1-di");
    assertThat(errors(cement)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "(01)09506000134353(17)271130(10)LOT-1, udi: udi-read",
    "LOT-1, udi: udi-read",
    "(01)09506000134352(17)271130(10)LOT-2, cement-lot: udi-lot",
    "(01)09506000134352(17)271129(10)LOT-1, cement-expiry: udi-expiry",
  })
  void aUdiThatIsWrongOrNamesAnotherPackageIsRefused(String text, String refusal) {
    for (String pathway : List.of("vertebroplasty", "kyphoplasty")) {
      WrittenResources forms = new WrittenResources(pathway);
      assertThat(forms.refused("procedure", levels(level(L1, "LOT-1", udi(text)))))
          .as(pathway)
          .contains(refusal);
    }
    assertThat(
            RECORD.refused(
                "procedure",
                levels(level(L1, "LOT-1", udi("(01)09506000134352(17)271130(10)LOT-1")))))
        .noneMatch(issue -> issue.contains("udi-"));
  }

  @Test
  void aDrugThatWasGivenHasDoseTimeAndPerformer() {
    MedicationAdministration given =
        some(procedure(level(L1, "A", "")), MedicationAdministration.class)
            .findFirst()
            .orElseThrow();

    assertThat(errors(given)).isEmpty();
    assertThat(values(given, "dosage.dose.value | dosage.dose.code")).containsExactly("75", "ug");
    assertThat(values(given, "effective.start | effective.end"))
        .containsExactly("2026-11-02T08:00:00+01:00", "2026-11-02T09:00:00+01:00");
    assertThat(values(given, "performer.actor.identifier.value")).containsExactly("physician");
    assertThat(values(given, "partOf.reference")).containsExactly("Procedure/procedure0");
  }

  @Test
  void whoDidItIsTheStoredPractitionerWhereThereIsOne() {
    WrittenResources known =
        new WrittenResources("vertebroplasty")
            .with("{'resourceType': 'Encounter', 'id': 'en1', 'status': 'in-progress'}")
            .finding("staff", "{'resourceType': 'Practitioner', 'id': 'pr1'}");
    List<Procedure> made =
        some(known.of("procedure", levels(level(L1, "A", ""))), Procedure.class).toList();

    assertThat(made)
        .allSatisfy(
            procedure ->
                assertThat(values(procedure, "performer.actor.reference"))
                    .containsExactly("Practitioner/pr1"));
    assertThat(values(made.get(0), "performer.actor.display")).containsExactly("Dr Example");
  }

  @Test
  void whoWasBookedIsTheOneWhoDidItWhoeverSendsTheForm() {
    WrittenResources booked =
        new WrittenResources("vertebroplasty")
            .with("{'resourceType': 'Encounter', 'id': 'en1', 'status': 'in-progress'}")
            .with(APPOINTMENT)
            .finding("staff", "{'resourceType': 'Practitioner', 'id': 'pr1'}");

    assertThat(doneBy(booked, "Dr  Booked "))
        .allSatisfy(
            procedure -> {
              assertThat(errors(procedure)).isEmpty();
              assertThat(values(procedure, "performer.actor.reference"))
                  .containsExactly("PractitionerRole/role-1");
              assertThat(values(procedure, "performer.actor.display")).containsExactly("Dr Booked");
              assertThat(values(procedure, "recorder.display")).containsExactly("Dr Example");
            });
    assertThat(doneBy(booked, "Dr Example"))
        .allSatisfy(
            procedure ->
                assertThat(values(procedure, "performer.actor.reference"))
                    .containsExactly("Practitioner/pr1"));
    assertThat(doneBy(booked, "Dr Third"))
        .allSatisfy(
            procedure -> {
              assertThat(errors(procedure)).isEmpty();
              assertThat(values(procedure, "performer.actor.display")).containsExactly("Dr Third");
              assertThat(values(procedure, "performer.actor.reference")).isEmpty();
            });
  }

  private static List<Procedure> doneBy(WrittenResources forms, String name) {
    String items = levels(level(L1, "A", "")).replace("dr example", name);
    return some(forms.of("procedure", items), Procedure.class).toList();
  }

  @Test
  void aLeakIsOneEventAtItsOwnTime() {
    List<Resource> made = procedure(level(L1, "A", leak(3)));
    List<AdverseEvent> events = some(made, AdverseEvent.class).toList();

    assertThat(events).hasSize(1);
    assertThat(errors(events.get(0))).isEmpty();
    assertThat(values(events.get(0), "date")).containsExactly("2026-11-02T08:50:00+01:00");
    assertThat(values(events.get(0), "category.coding.code | seriousness.coding.code"))
        .containsExactly("product-problem", "Serious");
    assertThat(
            some(made, Observation.class)
                .flatMap(found -> values(found, "method.coding.code").stream()))
        .containsExactly("leak-seen-ct");
    assertThat(some(procedure(level(L1, "A", leak(1))), AdverseEvent.class)).isEmpty();
  }

  @Test
  void cementThatWasNotImplantedIsNoPatients() {
    String wasted =
        """
        {'linkId': 'cement-wasted', 'item': [
          {'linkId': 'wasted-type', 'answer': [{'valueCoding': {'system': 'http://snomed.info/sct', 'code': '427811002'}}]},
          {'linkId': 'wasted-lot', 'answer': [{'valueString': 'W'}]},
          {'linkId': 'wasted-expiry', 'answer': [{'valueDate': '2027-11-30'}]},
          {'linkId': 'wasted-reason', 'answer': [{'valueCoding': {'system': '%s', 'code': 'cement-set', 'display': 'Set too early'}}]}]}
        """
            .formatted(ANSWER);
    List<Resource> made = procedure(level(L1, "A", ""), wasted);
    Device device =
        some(made, Device.class)
            .filter(some -> "W".equals(some.getLotNumber()))
            .findFirst()
            .orElseThrow();

    assertThat(device.hasPatient()).isFalse();
    assertThat(errors(device)).isEmpty();
    assertThat(
            some(made, Procedure.class).flatMap(p -> values(p, "usedReference.reference").stream()))
        .containsExactly("Device/" + device.getIdElement().getIdPart());
  }

  @ParameterizedTest
  @CsvSource({
    "aetiology-osteoporosis, 240198002, M80.08XA",
    "aetiology-myeloma, 274146004, ",
    "aetiology-trauma, 42942008, ",
    "aetiology-unknown, 42942008, ",
  })
  void theFractureHasTheCodeOfTheCauseThatWasFound(String cause, String snomed, String icd) {
    List<Resource> made =
        new WrittenResources("vertebroplasty")
            .with(
                """
                {'resourceType': 'Condition', 'id': 'f1', 'meta': {'profile': ['https://carepathway.org/fhir/StructureDefinition/fracture']},
                 'clinicalStatus': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/condition-clinical', 'code': 'active'}]},
                 'verificationStatus': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/condition-ver-status', 'code': 'confirmed'}]},
                 'code': {'coding': [{'system': 'http://snomed.info/sct', 'code': '42942008'}]},
                 'bodySite': [{'coding': [{'system': 'http://snomed.info/sct', 'code': '61032001', 'display': 'Structure of body of first lumbar vertebra'}]}],
                 'subject': {'reference': 'Patient/p1'}, 'onsetDateTime': '2026-10-13', 'recordedDate': '2026-10-20T10:00:00+01:00',
                 'evidence': [{'detail': [{'reference': 'Observation/o1'}]}]}
                """)
            .of(
                "eligibility-exam",
                """
                {'linkId': 'plan', 'item': [{'linkId': 'aetiology', 'answer': [{'valueCoding': {'system': 'https://carepathway.org/fhir/CodeSystem/answer', 'code': '%s', 'display': 'Cause'}}]}]},
                {'linkId': 'fracture', 'item': [{'linkId': 'fracture-id', 'answer': [{'valueString': 'f1'}]}]}
                """
                    .formatted(cause));
    Resource fracture = some(made, Condition.class).findFirst().orElseThrow();

    assertThat(fracture.getIdElement().getIdPart()).isEqualTo("f1");
    assertThat(errors(fracture)).isEmpty();
    assertThat(codes(fracture, "http://snomed.info/sct")).containsExactly(snomed);
    assertThat(codes(fracture, "http://hl7.org/fhir/sid/icd-10-cm"))
        .isEqualTo(icd == null ? List.of() : List.of(icd));
    assertThat(values(fracture, "onset | evidence.detail.reference"))
        .containsExactly("2026-10-13", "Observation/o1");
  }
}
