package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.endtoend.PathwayTimers;
import org.carepathway.mllp.MllpClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Step;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.task.Completion;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * From the referral to the call after 48 hours, with what the hospital knows sent by HL7 v2 only;
 * people type the rest, and it is counted.
 */
class Hl7PathwayTest extends RunningService {

  private static final int MOST_TYPED = 300;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx");

  @Autowired private Hl7Feeds feeds;
  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private Completion completion;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Clock clock;
  @Autowired private JdbcTemplate jdbc;

  private static final String CALL = "ContactAt48Hours";

  private final String number = "W" + UUID.randomUUID().toString().substring(0, 8);
  private int messages;

  @Test
  void whatTheHospitalKnowsNobodyTypes() throws Exception {
    Pathway pathway = referred();
    int typed = 0;
    int known = 0;
    List<String> knownItems = new ArrayList<>();
    for (Step step : HappyPath.scenario().steps()) {
      if (step instanceof Wait wait) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        serviceClock.advance(Duration.between(now, now.plus(wait.time())));
      } else if (step instanceof Answer written) {
        sendWhatComesBefore(written.task());
        Answer answer = asked(written);
        if (answer.task().equals(CALL)) {
          new PathwayTimers(pathway.id(), jdbc, serviceClock)
              .until(() -> find(pathway.id(), CALL).isPresent());
        }
        WorkItem item = open(pathway.id(), answer.task());
        List<String> before = leaves(completion.first(item.id()).answers());
        List<String> after = leaves(player.answers(item, answer));
        List<String> filled = after.stream().filter(before::contains).toList();
        known += filled.size();
        typed += after.size() - filled.size();
        filled.stream().map(leaf -> answer.task() + ' ' + leaf).forEach(knownItems::add);
        player.play(pathway.id(), answer);
        sendWhatComesAfter(answer.task());
        if (answer.task().equals(CALL)) {
          break;
        }
      }
    }
    System.out.printf(
        "%d messages; of %d answers %d were known and %d are typed%n",
        messages, known + typed, known, typed);
    assertThat(knownItems)
        .anyMatch(leaf -> leaf.startsWith("ReadImagingReport conclusion Unhealed fracture of L1."))
        .anyMatch(leaf -> leaf.startsWith("DoWorkUp blood-closed true"))
        .anyMatch(leaf -> leaf.startsWith("CompleteReferral phone"));
    assertThat(typed).isLessThan(MOST_TYPED);
    assertThat(takenOver(pathway))
        .extracting(result -> result.getCode().getCodingFirstRep().getCode())
        .containsExactlyInAnyOrder("6301-6", "777-3", "2160-0", "718-7");
    assertThat(provenances(takenOver(pathway).get(0)))
        .allSatisfy(
            provenance ->
                assertThat(provenance.getAgentFirstRep().getWho().getDisplay()).isEqualTo("ehr"));
    String patient = pathway.patientId();
    assertThat(
            FhirClient.resources(
                new FhirClient(port())
                    .as("coordinator")
                    .search()
                    .byUrl("Encounter?patient=" + patient + "&identifier=V" + number),
                Encounter.class))
        .singleElement()
        .satisfies(stay -> assertThat(stay.getStatus().toCode()).isEqualTo("finished"));
    assertThat(
            jdbc.queryForObject(
                "select count(*) from inbox_message where state = 'done' and patients @> array[?]::text[]",
                Long.class,
                patient))
        .isEqualTo(messages);
  }

  /**
   * What a person is still asked: the report of the radiology has a task of its own and six facts a
   * level, and the laboratory has closed its part of the work-up.
   */
  private static Answer asked(Answer written) {
    return switch (written.task()) {
      case "ReportImaging" ->
          new Answer(
              "ReadImagingReport",
              Map.of(
                  "adequate",
                  true,
                  "fracture-present",
                  true,
                  "level-finding",
                  List.of(
                      Map.of(
                          "level", "61032001",
                          "oedema", true,
                          "height-loss", 35,
                          "posterior-wall-intact", true,
                          "canal-compromise", false,
                          "unstable", false,
                          "malignant-features", false))));
      case "DoWorkUp" -> {
        Map<String, Object> rest = new HashMap<>(written.answers());
        rest.keySet()
            .removeAll(
                Set.of("inr", "inr-at", "platelets", "platelets-at", "creatinine", "haemoglobin"));
        yield new Answer("DoWorkUp", rest);
      }
      default -> written;
    };
  }

  private Pathway referred() throws Exception {
    send(
        "ORM^O01",
        "|||+1 555 0100",
        "ORC|NW|O%s^EHR".formatted(number),
        "OBR|1|O%s^EHR||percutaneous-vertebroplasty^Vertebroplasty^99CPW|R".formatted(number));
    List<Patient> patients =
        FhirClient.resources(
            new FhirClient(port()).as("coordinator").search().byUrl("Patient?identifier=" + number),
            Patient.class);
    return pathways.ofPatient(patients.get(0).getIdElement().getIdPart()).get(0);
  }

  private List<Observation> takenOver(Pathway pathway) {
    return FhirClient.resources(
            new FhirClient(port())
                .as("coordinator")
                .search()
                .byUrl("Observation?category=laboratory&_count=500&patient=" + pathway.patientId()),
            Observation.class)
        .stream()
        .filter(Observation::hasDerivedFrom)
        .toList();
  }

  private List<Provenance> provenances(Observation result) {
    List<Provenance> all =
        FhirClient.resources(
            new FhirClient(port())
                .as("coordinator")
                .search()
                .byUrl("Provenance?target=Observation/" + result.getIdElement().getIdPart()),
            Provenance.class);
    assertThat(all).isNotEmpty();
    return all;
  }

  private void sendWhatComesBefore(String task) throws Exception {
    switch (task) {
      case "ReportImaging" ->
          send(
              "ORU^R01",
              "",
              "OBR|1||R%s^RIS|24968-0^MR Lumbar spine^LN|||%s||||||||||||||||||F"
                  .formatted(number, now()),
              "OBX|1|TX|24968-0&IMP^MR Lumbar spine^LN||Unhealed fracture of L1.||||||F");
      case "DoWorkUp" ->
          send(
              "ORU^R01",
              "",
              "OBR|1||L%s^LAB|BLOOD^Blood^L|||%s||||||||||||||||||F".formatted(number, now()),
              "OBX|1|NM|6301-6^INR^LN||1.1|{INR}^^UCUM|||||F",
              "OBX|2|NM|777-3^Platelets^LN||212|10*9/L^^UCUM|||||F",
              "OBX|3|NM|2160-0^Creatinine^LN||0.9|mg/dL^^UCUM|||||F",
              "OBX|4|NM|718-7^Haemoglobin^LN||12.4|g/dL^^UCUM|||||F");
      case "PrepareForProcedure" -> send("ADT^A01", "", visit(now(), ""));
      default -> {}
    }
  }

  private void sendWhatComesAfter(String task) throws Exception {
    if (task.equals("Discharge")) {
      send("ADT^A03", "", visit("", now()));
    }
  }

  private String visit(String from, String to) {
    return "PV1|1|O|IR^1" + "|".repeat(16) + "V" + number + "|".repeat(25) + from + '|' + to;
  }

  private String now() {
    return TIME.format(ZonedDateTime.now(clock));
  }

  private void send(String kind, String more, String... segments) throws Exception {
    String id = number + "-" + ++messages;
    String message =
        "MSH|^~\\&|EHR|H|CP|S|%s||%s|%s|P|2.5\rPID|1||%s^^^HOSPITAL^MR||Whole%s^Wanda||19480101|F|||%s\r%s\r"
            .formatted(now(), kind, id, number, number, more, String.join("\r", segments));
    try (MllpClient client = new MllpClient(feeds.port("ehr").number())) {
      assertThat(client.send(message)).contains("MSA|AA|" + id);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForObject(
                            "select state || ' ' || coalesce(said, '') from inbox_message where message_id = ?",
                            String.class,
                            id))
                    .startsWith("done"));
  }

  private WorkItem open(UUID pathway, String task) {
    return await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> find(pathway, task), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<WorkItem> find(UUID pathway, String task) {
    return worklist.ofPathway(pathway).stream()
        .filter(WorkItem::isOpen)
        .filter(item -> item.element().equals(task))
        .findFirst();
  }

  /** The answers of people, each as its question and value; what is shown only is none. */
  private static List<String> leaves(QuestionnaireResponse answers) {
    List<String> all = new ArrayList<>();
    answers.getItem().forEach(item -> leaves(item, all));
    return all;
  }

  private static void leaves(QuestionnaireResponseItemComponent item, List<String> all) {
    item.getAnswer()
        .forEach(
            answer -> {
              all.add(
                  item.getLinkId()
                      + ' '
                      + (answer.getValue().isPrimitive()
                          ? answer.getValue().primitiveValue()
                          : answer.hasValueCoding()
                              ? answer.getValueCoding().getCode()
                              : answer.getValue().fhirType()));
              answer.getItem().forEach(child -> leaves(child, all));
            });
    item.getItem().forEach(child -> leaves(child, all));
  }
}
