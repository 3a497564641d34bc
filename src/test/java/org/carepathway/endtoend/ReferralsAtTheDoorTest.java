package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.carepathway.RunningService;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is no referral starts nothing and is told why; what is one stays what it was. */
class ReferralsAtTheDoorTest extends RunningService {

  @Autowired private Pathways pathways;
  @Autowired private JdbcTemplate jdbc;

  private FhirClient fhir;
  private Door referrer;
  private String patient;

  @BeforeEach
  void sendPatient() throws Exception {
    fhir = new FhirClient(port());
    referrer = new Door(port(), "referrer");
    patient = fhir.sendPatient("klein-genevie.json");
  }

  @Test
  void aPatchIsValidatedLikeAPut() throws Exception {
    String referral = refer();
    String observation = id(create("Observation", observation()));
    for (String patch :
        List.of(
            "[{\"op\":\"remove\",\"path\":\"/status\"}]",
            "[{\"op\":\"remove\",\"path\":\"/code\"}]")) {
      refused(patch("Observation/" + observation, patch), 422, "Observation.");
    }
    refused(
        referrer.send(
            "PATCH",
            "Observation/" + observation,
            Door.JSON,
            """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
            {"name":"type","valueCode":"delete"},{"name":"path","valueString":"Observation.code"}]}]}"""),
        422,
        "Observation.code");
    refused(
        patch("Patient/" + patient, "[{\"op\":\"add\",\"path\":\"/gender\",\"value\":\"purple\"}]"),
        400,
        "purple");
    refused(
        patch("ServiceRequest/" + referral, "[{\"op\":\"remove\",\"path\":\"/intent\"}]"),
        422,
        "ServiceRequest.intent");
    assertThat(
            patch(
                    "Observation/" + observation,
                    "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatARunningReferralIsAboutCannotChange() throws Exception {
    String other = fhir.sendPatient("torp-carol.json");
    String referral = refer();
    for (Consumer<ServiceRequest> change :
        List.<Consumer<ServiceRequest>>of(
            r -> r.setSubject(new Reference("Patient/" + other)),
            r -> r.getIdentifierFirstRep().setValue("another"),
            r -> r.getIdentifierFirstRep().setSystem("https://example.org/another"),
            r -> r.getIdentifier().clear(),
            r -> r.getIdentifier().add(0, r.getIdentifierFirstRep().copy().setValue("first")),
            r -> r.setCode(new CodeableConcept().setText("something else")),
            r -> r.setIntent(ServiceRequestIntent.PLAN),
            r -> r.setDoNotPerform(true),
            r -> r.setStatus(ServiceRequestStatus.DRAFT))) {
      ServiceRequest changed = read(referral);
      change.accept(changed);
      refused(referrer.send("PUT", "ServiceRequest/" + referral, changed), 422, "Revoke");
    }
    refused(
        patch(
            "ServiceRequest/" + referral,
            "[{\"op\":\"replace\",\"path\":\"/subject/reference\",\"value\":\"Patient/%s\"}]"
                .formatted(other)),
        422,
        "ServiceRequest.subject");
    refused(
        patch("ServiceRequest/" + referral, "[{\"op\":\"remove\",\"path\":\"/identifier\"}]"),
        422,
        "ServiceRequest.identifier");
    ServiceRequest inBundle = read(referral);
    inBundle.setSubject(new Reference("Patient/" + other));
    refused(transaction("PUT", "ServiceRequest/" + referral, inBundle), 422, "subject");

    ServiceRequest harmless = read(referral);
    harmless.addNote().setText("call in the morning");
    harmless.getCode().setText("called otherwise");
    harmless.addIdentifier().setSystem("https://example.org/filler").setValue("f-1");
    HttpResponse<String> taken = referrer.send("PUT", "ServiceRequest/" + referral, harmless);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    assertThat(pathways.ofReferral(referral).orElseThrow().patientId()).isEqualTo(patient);
  }

  @Test
  void whoCannotBeReferredStartsNothingAndIsToldWhy() throws Exception {
    ServiceRequest not = FhirClient.referral(patient).setDoNotPerform(true);
    refused(referrer.send("POST", "ServiceRequest", not), 422, "doNotPerform");
    refused(transaction("POST", "ServiceRequest", not), 422, "doNotPerform");

    cannotBeReferred(p -> p.setDeceased(new BooleanType(true)), "died");
    cannotBeReferred(p -> p.setDeceased(DateTimeType.now()), "died");
    cannotBeReferred(p -> p.setActive(false), "Refer the Patient that");
    cannotBeReferred(
        p -> p.addLink().setType(LinkType.REPLACEDBY).setOther(new Reference("Patient/" + patient)),
        "Refer the Patient that");
    cannotBeReferred(p -> p.getName().clear(), "Patient.name");
    for (String unborn : List.of("2999", "2999-12", "2999-12-31")) {
      cannotBeReferred(p -> p.setBirthDateElement(new DateType(unborn)), "date of birth");
    }
    cannotBeReferred(
        p -> p.setName(List.of(new org.hl7.fhir.r4.model.HumanName().addPrefix("Dr."))),
        "Patient.name");

    Patient alive = Door.parse(Patient.class, referrer.get("Patient/" + patient).body());
    alive.setDeceased(new BooleanType(false)).setActive(true);
    referrer.send("PUT", "Patient/" + patient, alive);
    assertThat(pathways.ofReferral(refer())).isPresent();
  }

  private void cannotBeReferred(Consumer<Patient> change, String reason) throws Exception {
    String id = fhir.sendPatient("torp-carol.json");
    Patient read = Door.parse(Patient.class, referrer.get("Patient/" + id).body());
    change.accept(read);
    HttpResponse<String> changed = referrer.send("PUT", "Patient/" + id, read);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    long before = rows();
    refused(referrer.send("POST", "ServiceRequest", FhirClient.referral(id)), 422, reason);
    refused(transaction("POST", "ServiceRequest", FhirClient.referral(id)), 422, reason);
    assertThat(rows()).isEqualTo(before);
    assertThat(pathways.ofPatient(id)).isEmpty();
  }

  @Test
  void aPatientOnAPathwayKeepsAName() throws Exception {
    refer();
    refused(patch("Patient/" + patient, "[{\"op\":\"remove\",\"path\":\"/name\"}]"), 422, "name");
  }

  /** A wrong year in a death would end the pathway. */
  @Test
  void nobodyOnAPathwayHasDiedInTheFuture() throws Exception {
    String referral = refer();
    for (String future : List.of("2999", "2999-12", "2999-12-31", "2999-12-31T10:00:00Z")) {
      Patient told = Door.parse(Patient.class, referrer.get("Patient/" + patient).body());
      told.setDeceased(new DateTimeType(future));
      refused(referrer.send("PUT", "Patient/" + patient, told), 422, "Patient.deceased");
    }
    assertThat(pathways.ofReferral(referral).orElseThrow().isActive()).isTrue();
  }

  @Test
  void aDraftStartsWhenItBecomesActive() throws Exception {
    for (boolean byPatch : List.of(true, false)) {
      String id = fhir.sendPatient("torp-carol.json");
      ServiceRequest draft = FhirClient.referral(id).setStatus(ServiceRequestStatus.DRAFT);
      HttpResponse<String> stored = referrer.send("POST", "ServiceRequest", draft);
      assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
      assertThat(stored.headers().firstValue("Warning").orElse("")).contains("becomes active");
      String referral = id(stored);
      assertThat(pathways.ofReferral(referral)).isEmpty();
      HttpResponse<String> active =
          byPatch
              ? patch(
                  "ServiceRequest/" + referral,
                  "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"active\"}]")
              : referrer.send(
                  "PUT",
                  "ServiceRequest/" + referral,
                  read(referral).setStatus(ServiceRequestStatus.ACTIVE));
      assertThat(active.statusCode()).as(active.body()).isEqualTo(200);
      assertThat(pathways.ofReferral(referral)).isPresent();
      assertThat(fhir.openTasks(referral)).hasSize(1);
    }
  }

  /** One without what a referral needs is refused then. */
  @Test
  void aDraftIsCheckedWhenItBecomesActive() throws Exception {
    ServiceRequest draft = FhirClient.referral(patient).setStatus(ServiceRequestStatus.DRAFT);
    draft.getIdentifier().clear();
    String referral = id(create("ServiceRequest", draft));
    refused(
        patch(
            "ServiceRequest/" + referral,
            "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"active\"}]"),
        422,
        "identifier");
    assertThat(pathways.ofReferral(referral)).isEmpty();
  }

  @Test
  void aReferralWhosePathwayHasEndedDoesNotBeginAgain() throws Exception {
    String referral = refer();
    patch(
        "ServiceRequest/" + referral,
        "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"revoked\"}]");
    assertThat(pathways.ofReferral(referral).orElseThrow().isActive()).isFalse();
    refused(
        patch(
            "ServiceRequest/" + referral,
            "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"active\"}]"),
        409,
        "number of its own");
  }

  @Test
  void theSameNumberForAnotherPatientIsAConflict() throws Exception {
    ServiceRequest first = FhirClient.referral(patient);
    String referral = id(create("ServiceRequest", first));
    String other = fhir.sendPatient("torp-carol.json");
    ServiceRequest second = first.copy();
    second.setSubject(new Reference("Patient/" + other));

    refused(referrer.send("POST", "ServiceRequest", second), 409, "number of its own");
    refused(transaction("POST", "ServiceRequest", second), 409, "number of its own");
    String condition =
        "identifier="
            + first.getIdentifierFirstRep().getSystem()
            + '|'
            + first.getIdentifierFirstRep().getValue();
    refused(
        referrer.send("POST", "ServiceRequest", second, "If-None-Exist", condition),
        409,
        "number of its own");
    assertThat(pathways.ofPatient(other)).isEmpty();

    HttpResponse<String> again = referrer.send("POST", "ServiceRequest", first);
    assertThat(again.statusCode()).isBetween(200, 201);
    assertThat(id(again)).isEqualTo(referral);
    assertThat(pathways.ofPatient(patient)).hasSize(1);
  }

  /** A number beside the first one is a number too: of the filler, or of a system between. */
  @Test
  void noNumberOfAReferralIsAnotherPatients() throws Exception {
    String other = fhir.sendPatient("torp-carol.json");
    for (String system : List.of("https://example.org/filler", "")) {
      ServiceRequest first = withSecond(patient, system, "F," + UUID.randomUUID());
      String referral = id(create("ServiceRequest", first));
      Identifier shared = first.getIdentifier().get(1);
      List<ServiceRequest> others =
          List.of(
              FhirClient.referral(other).addIdentifier(shared.copy()),
              swapped(FhirClient.referral(other).addIdentifier(shared.copy())),
              alone(FhirClient.referral(other), shared),
              alone(FhirClient.referral(other), first.getIdentifierFirstRep())
                  .addIdentifier(new Identifier().setValue(UUID.randomUUID().toString())));
      long before = rows();
      for (ServiceRequest second : others) {
        refused(referrer.send("POST", "ServiceRequest", second), 409, "number of its own");
        refused(transaction("POST", "ServiceRequest", second), 409, "number of its own");
        String id = UUID.randomUUID().toString();
        refused(
            referrer.send("PUT", "ServiceRequest/" + id, (ServiceRequest) second.setId(id)),
            409,
            "number of its own");
        second.setId((String) null);
      }
      assertThat(rows()).isEqualTo(before);
      assertThat(pathways.ofPatient(other)).isEmpty();

      // The same patient's: the same referral, whichever of its numbers it comes with.
      for (ServiceRequest again :
          List.of(
              FhirClient.referral(patient).addIdentifier(shared.copy()),
              swapped(first.copy()),
              alone(first.copy(), shared))) {
        HttpResponse<String> stored = referrer.send("POST", "ServiceRequest", again);
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
        assertThat(id(stored)).isEqualTo(referral);
        HttpResponse<String> bundle = transaction("POST", "ServiceRequest", again);
        assertThat(bundle.statusCode()).as(bundle.body()).isEqualTo(200);
        assertThat(bundle.body()).contains("200 OK", "ServiceRequest/" + referral);
      }
    }
    assertThat(pathways.ofPatient(patient)).hasSize(2);
    // The comma is part of a number, and the start of it is another number.
    assertThat(create("ServiceRequest", alone(FhirClient.referral(other), number("F"))))
        .isNotNull();
  }

  /** Of one patient two referrals: a third one with a number of each is neither of them. */
  /** What stands in place of a number, or of its system, is nobody's number. */
  @Test
  void aNumberThatIsMissingWithAReasonIsNone() throws Exception {
    String other = fhir.sendPatient("torp-carol.json");
    for (String each : List.of(patient, other)) {
      Patient known = fhir.as("referrer").read().resource(Patient.class).withId(each).execute();
      known.addIdentifier(missing());
      fhir.as("referrer").update().resource(known).execute();
      ServiceRequest referral = FhirClient.referral(each);
      Identifier number = referral.getIdentifierFirstRep().copy();
      referral.setIdentifier(List.of(missing()));
      refused(referrer.send("POST", "ServiceRequest", referral), 422, "needs a number");
      assertThat(pathways.ofPatient(each)).isEmpty();
      create("ServiceRequest", referral.setIdentifier(List.of(missing(), number)));
      assertThat(pathways.ofPatient(each)).hasSize(1);
    }
  }

  private static Identifier missing() {
    Extension absent =
        new Extension("http://hl7.org/fhir/StructureDefinition/data-absent-reason")
            .setValue(new CodeType("masked"));
    Identifier number = new Identifier();
    number.getSystemElement().addExtension(absent);
    number.getValueElement().addExtension(absent.copy());
    return number;
  }

  @Test
  void aReferralWithTheNumbersOfTwoIsAConflict() throws Exception {
    ServiceRequest one = FhirClient.referral(patient);
    ServiceRequest two = FhirClient.referral(patient);
    create("ServiceRequest", one);
    create("ServiceRequest", two);
    ServiceRequest both = one.copy().addIdentifier(two.getIdentifierFirstRep().copy());
    refused(referrer.send("POST", "ServiceRequest", both), 409, "several referrals");
    refused(transaction("POST", "ServiceRequest", both), 409, "several referrals");
    assertThat(pathways.ofPatient(patient)).hasSize(2);
  }

  @Test
  void aNumberThatIsAddedLaterIsNobodyElses() throws Exception {
    ServiceRequest first = withSecond(patient, "https://example.org/filler", null);
    create("ServiceRequest", first);
    String other = fhir.sendPatient("torp-carol.json");
    String referral = id(create("ServiceRequest", FhirClient.referral(other)));
    ServiceRequest changed = read(referral).addIdentifier(first.getIdentifier().get(1).copy());
    refused(referrer.send("PUT", "ServiceRequest/" + referral, changed), 409, "number of its own");
    refused(transaction("PUT", "ServiceRequest/" + referral, changed), 409, "number of its own");
    String added =
        "[{\"op\":\"add\",\"path\":\"/identifier/-\",\"value\":{\"system\":\"https://example.org/filler\",\"value\":\"%s\"}}]";
    refused(
        patch(
            "ServiceRequest/" + referral, added.formatted(first.getIdentifier().get(1).getValue())),
        409,
        "number of its own");
    assertThat(read(referral).getIdentifier()).hasSize(1);

    // What was added is kept: it is nobody else's from then on.
    String late = UUID.randomUUID().toString();
    HttpResponse<String> taken = patch("ServiceRequest/" + referral, added.formatted(late));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    Identifier of = number(late).setSystem("https://example.org/filler");
    refused(
        referrer.send(
            "POST", "ServiceRequest", FhirClient.referral(patient).addIdentifier(of.copy())),
        409,
        "number of its own");
    HttpResponse<String> again =
        referrer.send("POST", "ServiceRequest", alone(FhirClient.referral(other), of));
    assertThat(id(again)).isEqualTo(referral);
  }

  @Test
  void twoReferralsOfATransactionShareNoNumber() throws Exception {
    String other = fhir.sendPatient("torp-carol.json");
    ServiceRequest one = withSecond(patient, "https://example.org/filler", null);
    for (String of : List.of(other, patient)) {
      Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
      for (ServiceRequest sent :
          List.of(one, FhirClient.referral(of).addIdentifier(one.getIdentifier().get(1).copy()))) {
        bundle
            .addEntry()
            .setFullUrl("urn:uuid:" + UUID.randomUUID())
            .setResource(sent)
            .getRequest()
            .setMethod(Bundle.HTTPVerb.POST)
            .setUrl("ServiceRequest");
      }
      refused(referrer.send("POST", "", bundle), 409, "nothing was stored");
    }
    assertThat(pathways.ofPatient(patient)).isEmpty();
    assertThat(pathways.ofPatient(other)).isEmpty();
  }

  /** A draft with the number is no referral yet: the referral must not be taken for it. */
  @Test
  void aDraftWithTheNumberDoesNotSwallowTheReferral() throws Exception {
    ServiceRequest draft = FhirClient.referral(patient).setStatus(ServiceRequestStatus.DRAFT);
    String drafted = id(create("ServiceRequest", draft));
    String referral =
        id(create("ServiceRequest", draft.copy().setStatus(ServiceRequestStatus.ACTIVE)));
    assertThat(pathways.ofReferral(referral)).isPresent();
    refused(
        patch(
            "ServiceRequest/" + drafted,
            "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"active\"}]"),
        409,
        "received already");
  }

  private static ServiceRequest withSecond(String patient, String system, String value)
      throws Exception {
    Identifier second = number(value == null ? UUID.randomUUID().toString() : value);
    return FhirClient.referral(patient)
        .addIdentifier(system.isEmpty() ? second : second.setSystem(system));
  }

  private static Identifier number(String value) {
    return new Identifier().setValue(value);
  }

  private static ServiceRequest swapped(ServiceRequest referral) {
    referral.getIdentifier().add(referral.getIdentifier().remove(0));
    return referral;
  }

  private static ServiceRequest alone(ServiceRequest referral, Identifier number) {
    return referral.setIdentifier(new ArrayList<>(List.of(number.copy())));
  }

  /** A Bundle with patient and referral that is sent twice, as after a lost answer. */
  @Test
  void aBundleSentTwiceIsOneReferral() throws Exception {
    String number = UUID.randomUUID().toString();
    Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    ServiceRequest referral = FhirClient.referral("x");
    referral.setSubject(new Reference("urn:uuid:" + number));
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:" + UUID.randomUUID())
        .setResource(referral)
        .getRequest()
        .setMethod(Bundle.HTTPVerb.POST)
        .setUrl("ServiceRequest");
    Patient sent = new Patient();
    sent.addName().setFamily("Twice").addGiven("Sent");
    sent.addIdentifier().setSystem("https://example.org/mrn").setValue(number);
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:" + number)
        .setResource(sent)
        .getRequest()
        .setMethod(Bundle.HTTPVerb.POST)
        .setUrl("Patient")
        .setIfNoneExist("identifier=https://example.org/mrn|" + number);

    HttpResponse<String> once = referrer.send("POST", "", bundle);
    HttpResponse<String> twice = referrer.send("POST", "", bundle);

    assertThat(once.statusCode()).as(once.body()).isEqualTo(200);
    assertThat(twice.statusCode()).as(twice.body()).isEqualTo(200);
    String of = Door.parse(Bundle.class, once.body()).getEntry().get(1).getResponse().getLocation();
    assertThat(pathways.ofPatient(of.replaceAll("Patient/|/_history.*", ""))).hasSize(1);

    // The same number with another patient of the same Bundle.
    sent.getIdentifierFirstRep().setValue(number + "-2");
    bundle
        .getEntry()
        .get(1)
        .getRequest()
        .setIfNoneExist("identifier=https://example.org/mrn|" + number + "-2");
    refused(referrer.send("POST", "", bundle), 409, "number of its own");
  }

  @Test
  void aReferralWhosePatientIsFoundByANumberIsTaken() throws Exception {
    String number = UUID.randomUUID().toString();
    Patient sent = new Patient();
    sent.addName().setFamily("Found").addGiven("By");
    sent.addIdentifier().setSystem("https://example.org/mrn").setValue(number);
    String found = id(create("Patient", sent));
    ServiceRequest referral = FhirClient.referral("x");
    referral.setSubject(new Reference("Patient?identifier=https://example.org/mrn|" + number));
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = transaction("POST", "ServiceRequest", referral.copy());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(pathways.ofPatient(found)).hasSize(1);
    }
  }

  @Test
  void aRequestThatNoPathwayWaitsForSaysSoAndIsListed() throws Exception {
    ServiceRequest ct = FhirClient.referral(patient);
    ct.setCode(new CodeableConcept().setText("CT of the spine"));
    HttpResponse<String> stored = referrer.send("POST", "ServiceRequest", ct);
    assertThat(stored.statusCode()).isEqualTo(201);
    assertThat(stored.headers().firstValue("Warning").orElse("")).contains("no pathway waits");
    HttpResponse<String> outcome =
        referrer.send("POST", "ServiceRequest", ct, "Prefer", "return=OperationOutcome");
    assertThat(Door.outcome(outcome).getIssue())
        .anySatisfy(
            issue -> {
              assertThat(issue.getSeverity()).isEqualTo(IssueSeverity.INFORMATION);
              assertThat(issue.getDiagnostics()).contains("no pathway waits");
            });
    HttpResponse<String> bundle = transaction("POST", "ServiceRequest", ct);
    assertThat(bundle.body()).contains("no pathway waits");
    String proposal =
        id(
            create(
                "ServiceRequest",
                FhirClient.referral(patient).setIntent(ServiceRequestIntent.PROPOSAL)));

    Door ehr = new Door(port(), "ehr");
    assertThat(ehr.get("ServiceRequest/$without-pathway").body())
        .contains(id(stored), id(outcome), proposal)
        .doesNotContain(refer());
    assertThat(new Door(port(), "nurse").get("ServiceRequest/$without-pathway").statusCode())
        .isEqualTo(403);
    assertThat(new Door(port(), "south").get("ServiceRequest/$without-pathway").body())
        .doesNotContain(id(stored));

    patch(
        "ServiceRequest/" + proposal,
        "[{\"op\":\"replace\",\"path\":\"/intent\",\"value\":\"order\"}]");
    assertThat(pathways.ofReferral(proposal)).isPresent();

    jdbc.update(
        "update unheard_request set at = now() - interval '91 days' where request_id = ?",
        id(stored));
    String newer = id(create("ServiceRequest", ct.copy()));
    assertThat(ehr.get("ServiceRequest/$without-pathway").body())
        .contains(newer)
        .doesNotContain(id(stored));
    assertThat(ehr.get("ServiceRequest/$without-pathway").body()).doesNotContain(proposal);
  }

  @Test
  void answersOfAnotherPatientOrThatAreNotFinishedAreRefused() throws Exception {
    String other = fhir.sendPatient("torp-carol.json");
    String task = fhir.openTasks(refer()).get(0).getIdElement().getIdPart();
    QuestionnaireResponse answers = fhir.populate("referrer", task);
    for (QuestionnaireResponseStatus status :
        List.of(
            QuestionnaireResponseStatus.INPROGRESS,
            QuestionnaireResponseStatus.STOPPED,
            QuestionnaireResponseStatus.ENTEREDINERROR)) {
      refused(
          complete(task, answers.copy().setStatus(status)), 422, "QuestionnaireResponse.status");
    }
    QuestionnaireResponse finished = answers.copy().setStatus(QuestionnaireResponseStatus.AMENDED);
    for (String subject :
        List.of(
            "Patient/" + other, "https://elsewhere.example/fhir/Patient/x", "Group/" + patient)) {
      refused(
          complete(task, finished.copy().setSubject(new Reference(subject))),
          422,
          "QuestionnaireResponse.subject");
    }
    Reference logical = new Reference();
    logical.getIdentifier().setSystem("https://example.org").setValue("other");
    refused(complete(task, finished.copy().setSubject(logical)), 422, "subject");
    // The right patient comes as far as the form's own rules.
    refused(
        complete(task, finished.copy().setSubject(new Reference("Patient/" + patient))),
        422,
        "required");
    String plan = pathways.ofPatient(patient).get(0).carePlanId();
    Parameters report = parameters(answers.copy().setStatus(QuestionnaireResponseStatus.STOPPED));
    report.addParameter("event", "RedFlagReported");
    refused(
        new Door(port(), "nurse").send("POST", "CarePlan/" + plan + "/$report", report),
        422,
        "status");
  }

  private HttpResponse<String> complete(String task, QuestionnaireResponse answers)
      throws Exception {
    return referrer.send("POST", "Task/" + task + "/$complete", parameters(answers));
  }

  private static Parameters parameters(QuestionnaireResponse answers) {
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("response").setResource(answers);
    return parameters;
  }

  private HttpResponse<String> transaction(
      String method, String url, org.hl7.fhir.r4.model.Resource resource) throws Exception {
    Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:" + UUID.randomUUID())
        .setResource(resource)
        .getRequest()
        .setMethod(Bundle.HTTPVerb.valueOf(method))
        .setUrl(url);
    return referrer.send("POST", "", bundle);
  }

  private HttpResponse<String> patch(String path, String patch) throws Exception {
    return referrer.send("PATCH", path, Door.JSON_PATCH, patch);
  }

  private org.hl7.fhir.r4.model.Observation observation() {
    org.hl7.fhir.r4.model.Observation observation = new org.hl7.fhir.r4.model.Observation();
    observation.setStatus(org.hl7.fhir.r4.model.Observation.ObservationStatus.FINAL);
    observation.getCode().setText("x");
    observation.setSubject(new Reference("Patient/" + patient));
    return observation;
  }

  private HttpResponse<String> create(String type, org.hl7.fhir.r4.model.Resource resource)
      throws Exception {
    HttpResponse<String> created = referrer.send("POST", type, resource);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return created;
  }

  private String refer() throws Exception {
    return id(create("ServiceRequest", FhirClient.referral(patient)));
  }

  private ServiceRequest read(String referral) throws Exception {
    return Door.parse(ServiceRequest.class, referrer.get("ServiceRequest/" + referral).body());
  }

  private static String id(HttpResponse<String> created) {
    return created
        .headers()
        .firstValue("Location")
        .or(() -> created.headers().firstValue("Content-Location"))
        .orElseThrow()
        .replaceAll(".*/fhir/\\w+/|/_hist.*", "");
  }

  private static void refused(HttpResponse<String> answer, int status, String named) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body())
        .contains("OperationOutcome")
        .containsIgnoringCase(named)
        .doesNotContain("\tat ", "insert into", "SQL", "constraint [");
  }

  private long rows() {
    return jdbc.queryForObject(
        "select (select count(*) from hfj_res_ver) + (select count(*) from pathway)", Long.class);
  }
}
