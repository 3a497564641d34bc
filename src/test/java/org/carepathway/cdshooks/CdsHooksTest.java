package org.carepathway.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.demo.ehr.RunningEhr;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** An EHR asks at a moment of a clinician's and gets cards, and only from the whole data. */
class CdsHooksTest extends RunningService {

  private static final String VIEW = "care-pathway-view";
  private static final String ORDERS = "care-pathway-orders";
  private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";

  private static String atImaging;
  private static String onHold;
  private static UUID imagingPathway;

  @Autowired private ApplicationContext context;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private CardUses uses;

  private RunningEhr ehr;
  private AskingEhr asking;

  @BeforeEach
  void patients() throws Exception {
    ehr = RunningEhr.of(context);
    asking = new AskingEhr(ehr, port());
    if (atImaging == null) {
      atImaging = "i-" + UUID.randomUUID();
      imagingPathway = referred(atImaging);
      play(imagingPathway, "OrderImaging");
      onHold = "h-" + UUID.randomUUID();
      play(referred(onHold), "BookProcedure");
    }
  }

  /** The usual course, with this task as the last one that is done. */
  private void play(UUID pathway, String last) throws Exception {
    for (Scenario.Step step : HappyPath.scenario().steps()) {
      if (step instanceof Answer answer) {
        player.play(pathway, answer);
        if (answer.task().equals(last)) {
          return;
        }
      }
    }
  }

  /** A patient of ours on the pathway, and the same in the EHR. */
  private UUID referred(String ehrId) throws Exception {
    FhirClient fhir = new FhirClient(port());
    String id = fhir.sendPatient("klein-genevie.json");
    Patient here = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
    here.addIdentifier().setSystem(EHR_NUMBERS).setValue(ehrId);
    fhir.as("referrer").update().resource(here).execute();
    // Of the same name, so that a round that reads it changes no form that is open.
    Patient there = there(ehrId);
    there.setName(here.getName());
    ehr.put(there);
    return pathways.ofReferral(fhir.refer(id).getIdElement().getIdPart()).orElseThrow().id();
  }

  private static Patient there(String ehrId) {
    Patient there = new Patient();
    there.setId(ehrId);
    there.addIdentifier().setSystem(EHR_NUMBERS).setValue(ehrId);
    there.addName().setFamily("Card").addGiven("Ada");
    return there;
  }

  private static JsonNode json(Resource resource) throws Exception {
    return AskingEhr.JSON.readTree(
        FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource));
  }

  private static JsonNode cards(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode cards = AskingEhr.JSON.readTree(answer.body()).path("cards");
    assertThat(cards.isArray()).isTrue();
    return cards;
  }

  private ObjectNode sent(ObjectNode call, String patient) throws Exception {
    call.withObject("/prefetch").set("patient", json(there(patient)));
    if (call.path("hook").asText().startsWith("order-")) {
      call.withObject("/prefetch").putNull("drugs").putNull("allergies");
    }
    return call;
  }

  private static MedicationRequest apixaban(String patient) {
    MedicationRequest order = new MedicationRequest();
    order.setId("order-1");
    order.setStatus(MedicationRequest.MedicationRequestStatus.DRAFT);
    order.setIntent(MedicationRequest.MedicationRequestIntent.ORDER);
    order.setSubject(new Reference("Patient/" + patient));
    order
        .getMedicationCodeableConcept()
        .addCoding()
        .setSystem(RXNORM)
        .setCode("1364445")
        .setDisplay("apixaban");
    return order;
  }

  private ObjectNode ordering(String hook, String patient, Resource... orders) throws Exception {
    ObjectNode call = asking.call(hook, patient);
    Bundle bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
    for (Resource order : orders) {
      bundle.addEntry().setResource(order);
    }
    ((ObjectNode) call.get("context")).set("draftOrders", json(bundle));
    if (hook.equals("order-select")) {
      call.withObject("/context")
          .putArray("selections")
          .add(orders[0].fhirType() + '/' + orders[0].getIdElement().getIdPart());
    }
    return call;
  }

  @Test
  void theDiscoverySaysWhatIsOfferedToWhoeverAsks() throws Exception {
    HttpResponse<String> answer =
        asking.send(HttpRequest.newBuilder(asking.service("").resolve("/cds-services")).build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).get().asString().contains("json");
    JsonNode services = AskingEhr.JSON.readTree(answer.body()).path("services");
    assertThat(services).hasSize(3);
    for (JsonNode service : services) {
      for (String field : new String[] {"hook", "description", "id", "title"}) {
        assertThat(service.path(field).asText()).as(field).isNotBlank();
      }
      assertThat(service.at("/prefetch/patient").asText())
          .isEqualTo("Patient/{{context.patientId}}");
    }
    assertThat(services.findValuesAsText("hook"))
        .containsExactly("patient-view", "order-select", "order-sign");
  }

  @Test
  void imagesThatAreMissingAreSaidWithTheWayToTheTask() throws Exception {
    JsonNode cards =
        cards(asking.post(VIEW, sent(asking.call("patient-view", atImaging), atImaging)));

    assertThat(cards).hasSize(1);
    JsonNode card = cards.get(0);
    assertThat(card.path("summary").asText())
        .startsWith("Images are missing, the referral has waited for ")
        .endsWith("Next: Report imaging")
        .hasSizeLessThan(140);
    assertThat(card.path("indicator").asText()).isEqualTo("warning");
    assertThat(card.at("/source/label").asText()).isEqualTo("Vertebroplasty care pathway");
    assertThat(card.path("links").get(0).path("label").asText()).isEqualTo("Report imaging");
    String task =
        jdbc.queryForObject(
            "select id::text from work_item where pathway_id = ? and element = 'ReportImaging'",
            String.class,
            imagingPathway);
    JsonNode link = card.path("links").get(0);
    assertThat(link.path("type").asText()).isEqualTo("smart");
    assertThat(link.path("url").asText()).isEqualTo("http://localhost:" + port() + "/launch");
    assertThat(AskingEhr.JSON.readTree(link.path("appContext").asText()).path("task").asText())
        .isEqualTo(task);
  }

  @Test
  void noElementOfAnAnswerIsNullOrEmpty() throws Exception {
    for (String patient : new String[] {atImaging, onHold}) {
      JsonNode cards =
          cards(asking.post(VIEW, sent(asking.call("patient-view", patient), patient)));
      assertThat(cards).isNotEmpty();
      noneEmpty(cards);
    }
  }

  private static void noneEmpty(JsonNode node) {
    assertThat(node.isNull()).as("%s", node).isFalse();
    assertThat(node.isContainerNode() ? node.size() : node.asText().length())
        .as("%s", node)
        .isPositive();
    node.forEach(CdsHooksTest::noneEmpty);
  }

  @Test
  void aCardIsInTheLanguageThatIsAskedFor() throws Exception {
    ObjectNode call = sent(asking.call("patient-view", atImaging), atImaging);
    HttpResponse<String> answer =
        asking.send(
            HttpRequest.newBuilder(asking.service(VIEW))
                .header("Content-Type", "application/json")
                .header("Accept-Language", "es")
                .header("Authorization", "Bearer " + ehr.token(asking.service(VIEW)))
                .POST(HttpRequest.BodyPublishers.ofString(call.toString()))
                .build());
    assertThat(cards(answer).get(0).path("summary").asText()).startsWith("Faltan imágenes");
  }

  @Test
  void aBloodThinnerOnHoldIsSaid() throws Exception {
    JsonNode cards = cards(asking.post(VIEW, sent(asking.call("patient-view", onHold), onHold)));

    assertThat(cards.findValuesAsText("summary"))
        .anyMatch(
            text ->
                text.matches("On hold for the procedure \\(20\\d\\d-\\d\\d-\\d\\d\\): Apixaban"))
        .contains("Decision on eligibility: Eligible: go on to consent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"order-select", "order-sign"})
  void anOrderOfADrugOnHoldIsCritical(String hook) throws Exception {
    JsonNode cards =
        cards(asking.post(ORDERS, sent(ordering(hook, onHold, apixaban(onHold)), onHold)));

    assertThat(cards).hasSize(1);
    assertThat(cards.get(0).path("indicator").asText()).isEqualTo("critical");
    assertThat(cards.get(0).path("summary").asText()).contains("on hold for the procedure");
    assertThat(cards.get(0).path("overrideReasons").findValuesAsText("display"))
        .containsExactly("Clinical reason", "Not right for this patient");
  }

  @Test
  void onlyWhatWasSelectedCounts() throws Exception {
    ServiceRequest other = new ServiceRequest();
    other.setId("other");
    other.getCode().setText("Something else");
    other.setSubject(new Reference("Patient/" + onHold));

    assertThat(
            cards(
                asking.post(
                    ORDERS,
                    sent(ordering("order-select", onHold, other, apixaban(onHold)), onHold))))
        .isEmpty();
  }

  @Test
  void anOrderThatIsCalledOffIsNoOrder() throws Exception {
    MedicationRequest stopped = apixaban(onHold);
    stopped.setStatus(MedicationRequest.MedicationRequestStatus.STOPPED);
    MedicationRequest not = apixaban(onHold);
    not.setDoNotPerform(true);

    for (MedicationRequest order : new MedicationRequest[] {stopped, not}) {
      assertThat(cards(asking.post(ORDERS, sent(ordering("order-sign", onHold, order), onHold))))
          .isEmpty();
    }
  }

  @Test
  void aDrugThatAnOrderPointsToIsReadOrNothingIsSaid() throws Exception {
    Medication drug = new Medication();
    drug.setId("m-" + onHold);
    drug.getCode().addCoding().setSystem(RXNORM).setCode("1364445").setDisplay("apixaban");
    ehr.put(drug);
    MedicationRequest order = apixaban(onHold);
    order.setMedication(new Reference("Medication/m-" + onHold));
    ObjectNode call = sent(ordering("order-sign", onHold, order), onHold);

    assertThat(asking.post(ORDERS, call).statusCode()).isEqualTo(412);
    assertThat(cards(asking.post(ORDERS, asking.lending(call))).get(0).path("indicator").asText())
        .isEqualTo("critical");
    ObjectNode inside = sent(ordering("order-sign", onHold, order, drug), onHold);
    assertThat(cards(asking.post(ORDERS, inside))).hasSize(1);
  }

  @Test
  void whoIsNotOnThePathwayGetsWhatCountsBeforeTheReferral() throws Exception {
    String nobody = "n-" + UUID.randomUUID();
    ehr.put(there(nobody));
    ServiceRequest referral = new ServiceRequest();
    referral.setId("referral-1");
    referral.setSubject(new Reference("Patient/" + nobody));
    referral
        .getCode()
        .addCoding()
        .setSystem("https://carepathway.org/fhir/CodeSystem/procedure-code")
        .setCode("percutaneous-vertebroplasty");
    ObjectNode call = sent(ordering("order-sign", nobody, referral), nobody);
    assertThat(cards(asking.post(ORDERS, call))).isEmpty();

    AllergyIntolerance allergy = new AllergyIntolerance();
    allergy.setId("a-" + nobody);
    allergy.setPatient(new Reference("Patient/" + nobody));
    allergy
        .getCode()
        .setText("Bone cement (PMMA)")
        .addCoding()
        .setSystem("http://snomed.info/sct")
        .setCode("427811002");
    MedicationRequest taken = apixaban(nobody);
    taken.setId("t-" + nobody);
    taken.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE);
    ehr.put(allergy);
    ehr.put(taken);
    ObjectNode asked = asking.lending(ordering("order-sign", nobody, referral));

    assertThat(cards(asking.post(ORDERS, asked)).findValuesAsText("summary"))
        .containsExactly(
            "Allergy on file that may rule out bone cement treatment: Bone cement (PMMA)",
            "Do not stop by yourself: apixaban. The pathway plans the hold");
  }

  /** E14: what is sent along may be anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"<html><body>Please sign in</body></html>\"",
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"exception\"}]}",
        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[{\"relation\":\"next\",\"url\":\"x\"}]}",
        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":3}",
        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"timeout\"}]}}]}",
        "{}",
        "7"
      })
  void whatWasNotSentWholeIsReadOrNothingIsSaid(String sent) throws Exception {
    ObjectNode call = sent(ordering("order-sign", onHold, apixaban(onHold)), onHold);
    call.withObject("/prefetch").set("drugs", AskingEhr.JSON.readTree(sent));

    HttpResponse<String> refused = asking.post(ORDERS, call);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(412);
    assertThat(refused.body())
        .doesNotContain("cards")
        .contains("prefetch.drugs")
        .contains("remedy");
    assertThat(cards(asking.post(ORDERS, asking.lending(call)))).hasSize(1);
  }

  @Test
  void whatIsMissingIsReadAndWithoutAWayToReadNothingIsSaid() throws Exception {
    ObjectNode call = asking.call("patient-view", atImaging);

    assertThat(asking.post(VIEW, call).statusCode()).isEqualTo(412);
    assertThat(cards(asking.post(VIEW, asking.lending(call)))).hasSize(1);
    call.put("fhirServer", "https://elsewhere.example.org/fhir");
    assertThat(asking.post(VIEW, call).statusCode()).as("a server of nobody").isEqualTo(412);
  }

  @Test
  void allPagesAreRead() throws Exception {
    String many = "m-" + UUID.randomUUID();
    ehr.put(there(many));
    for (int i = 0; i < 25; i++) {
      MedicationRequest taken = apixaban(many);
      taken.setId("d" + i + "-" + many);
      taken.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE);
      taken.getMedicationCodeableConcept().getCodingFirstRep().setCode("1").setDisplay("drug " + i);
      if (i == 24) {
        taken.getMedicationCodeableConcept().getCodingFirstRep().setCode("1364445");
      }
      ehr.put(taken);
    }
    ServiceRequest referral = new ServiceRequest();
    referral.setId("referral-1");
    referral
        .getCode()
        .addCoding()
        .setSystem("https://carepathway.org/fhir/CodeSystem/procedure-code")
        .setCode("percutaneous-vertebroplasty");

    assertThat(
            cards(asking.post(ORDERS, asking.lending(ordering("order-sign", many, referral))))
                .findValuesAsText("summary"))
        .containsExactly("Do not stop by yourself: drug 24. The pathway plans the hold");
  }

  @Test
  void dataOfAnotherPatientAreRefused() throws Exception {
    ObjectNode call = sent(asking.call("patient-view", atImaging), onHold);
    assertThat(asking.post(VIEW, call).statusCode()).isEqualTo(400);

    ObjectNode orders = sent(ordering("order-sign", onHold, apixaban(onHold)), onHold);
    Bundle drugs = new Bundle().setType(Bundle.BundleType.SEARCHSET);
    drugs.addEntry().setResource(apixaban(atImaging));
    orders.withObject("/prefetch").set("drugs", json(drugs));
    assertThat(asking.post(ORDERS, orders).statusCode()).isEqualTo(400);
  }

  @Test
  void whatAClinicianDidWithACardIsKeptOnce() throws Exception {
    String card =
        cards(asking.post(VIEW, sent(asking.call("patient-view", atImaging), atImaging)))
            .get(0)
            .path("uuid")
            .asText();
    ObjectNode told = AskingEhr.JSON.createObjectNode();
    ObjectNode one = told.putArray("feedback").addObject();
    one.put("card", card)
        .put("outcome", "overridden")
        .put("outcomeTimestamp", "2026-11-30T10:05:31Z");
    one.putObject("overrideReason")
        .put("userComment", "Ordered by phone")
        .putObject("reason")
        .put("code", "known")
        .put("system", "https://carepathway.org/fhir/CodeSystem/card-override");

    assertThat(asking.post(VIEW + "/feedback", told).statusCode()).isEqualTo(200);
    assertThat(asking.post(VIEW + "/feedback", told).statusCode()).isEqualTo(200);
    assertThat(
            jdbc.queryForList(
                "select outcome || ' ' || reason || ' ' || comment from cds_feedback where card = ?::uuid",
                String.class,
                card))
        .containsExactly("overridden known Ordered by phone");
    CardUse use =
        uses.all().stream()
            .filter(each -> each.service().equals(VIEW) && each.setAside() > 0)
            .findFirst()
            .orElseThrow();
    assertThat(use.shown()).isGreaterThanOrEqualTo(use.setAside() + use.accepted());
    assertThat(use.reasons()).contains("known: ");
    assertThat(use.comments()).isPositive();
    assertThat(new Caller(port(), "ehr").signIn().page("/feeds").body())
        .contains("Cards in EHRs", use.card(), "known: ")
        .doesNotContain("Ordered by phone");
    one.put("card", UUID.randomUUID().toString());
    HttpResponse<String> unknown = asking.post(VIEW + "/feedback", told);
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("feedback[0].card");
  }

  @Test
  void aTokenIsTakenOnceAndForThisCallOnly() throws Exception {
    ObjectNode call = sent(asking.call("patient-view", atImaging), atImaging);
    String token = ehr.token(asking.service(VIEW));

    assertThat(asking.post(VIEW, call, token).statusCode()).isEqualTo(200);
    assertThat(asking.post(VIEW, call, token).statusCode()).as("again").isEqualTo(401);
    assertThat(asking.post(VIEW, call, ehr.token(asking.service(ORDERS))).statusCode())
        .as("of another service")
        .isEqualTo(401);
    assertThat(asking.post(VIEW, call, null).statusCode()).as("none").isEqualTo(401);
    assertThat(asking.post(VIEW, call, "abc").statusCode()).as("no token").isEqualTo(401);
  }

  @Test
  void whoSawWhatIsInTheAudit() throws Exception {
    cards(asking.post(VIEW, sent(asking.call("patient-view", atImaging), atImaging)));

    String patient = pathways.find(imagingPathway).orElseThrow().patientId();
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForList(
                            "select who from audit_event where patients @> array[?]::text[] and about like 'POST /cds-services/%'",
                            String.class, patient))
                    .contains("cds-hooks:demo-ehr"));
  }

  @Test
  void pagesOfTheOriginsOfTheSettingsMayCall() throws Exception {
    HttpResponse<String> allowed = preflight("https://ehr.example.org");
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://ehr.example.org");
    assertThat(preflight("https://evil.example.org").statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> preflight(String origin) throws Exception {
    System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
    return asking.send(
        HttpRequest.newBuilder(asking.service(VIEW))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .build());
  }

  @Test
  void anUnknownServiceAndABodyThatIsNoJsonAreTold() throws Exception {
    assertThat(asking.post("nothing", asking.call("patient-view", atImaging)).statusCode())
        .isEqualTo(404);
    HttpResponse<String> text =
        asking.send(
            HttpRequest.newBuilder(asking.service(VIEW))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + ehr.token(asking.service(VIEW)))
                .POST(HttpRequest.BodyPublishers.ofString("{"))
                .build());
    assertThat(text.statusCode()).isEqualTo(400);
    assertThat(text.body()).contains("faults").contains("remedy");
  }
}
