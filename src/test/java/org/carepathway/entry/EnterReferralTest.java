package org.carepathway.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.RunningService;
import org.carepathway.audit.Audit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is typed in is the referral that a system would have sent. */
class EnterReferralTest extends RunningService {

  private static final Pattern PATHWAY = Pattern.compile("/pathways/([0-9a-f-]{36})$");

  @Autowired private Pathways pathways;
  @Autowired private Audit audit;
  @Autowired private Clock clock;

  private Caller coordinator;
  private FhirClient fhir;
  private Map<String, String> typed;

  @BeforeEach
  void type() throws Exception {
    coordinator = new Caller(port(), "coordinator").signIn();
    fhir = new FhirClient(port());
    typed = new LinkedHashMap<>();
    typed.put("key", UUID.randomUUID().toString());
    typed.put("whom.family", "Núñez " + UUID.randomUUID().toString().substring(0, 8));
    typed.put("whom.given", "Ana <b>");
    typed.put("whom.born", "1950-12-24");
    typed.put("whom.sex", "female");
    typed.put("whom.phone", "+34 600 123 456");
    typed.put("whom.language", "es");
    typed.put("whom.interpreter", "true");
    typed.put("what.pathway", "vertebroplasty");
    typed.put("what.priority", "urgent");
    typed.put("what.referrer", "Dr. Fax Machine");
    typed.put("what.reach", "555-1000");
    typed.put("what.channel", "fax");
    typed.put("what.written", LocalDate.now(clock).minusDays(1).toString());
    typed.put("what.reason", "Fracture of L1, pain 8 of 10");
  }

  @Test
  void aTypedReferralStartsThePathwayAsASentOneDoes() throws Exception {
    Pathway pathway = entered(send());
    ServiceRequest referral =
        fhir.as("coordinator")
            .read()
            .resource(ServiceRequest.class)
            .withId(pathway.referralId())
            .execute();
    assertThat(referral.getPriority().toCode()).isEqualTo("urgent");
    assertThat(referral.getRequester().getDisplay()).isEqualTo("Dr. Fax Machine");
    assertThat(referral.getReasonCodeFirstRep().getText())
        .isEqualTo("Fracture of L1, pain 8 of 10");
    Patient patient =
        fhir.as("coordinator").read().resource(Patient.class).withId(pathway.patientId()).execute();
    assertThat(patient.getNameFirstRep().getFamily()).isEqualTo(typed.get("whom.family"));
    assertThat(patient.getTelecomFirstRep().getValue()).isEqualTo("+34 600 123 456");
    List<Task> open = fhir.openTasks(pathway.referralId());
    String sent = fhir.refer(fhir.sendPatient("boehm-cassaundra.json")).getIdElement().getIdPart();
    assertThat(patient.getExtension()).hasSize(1);
    assertThat(open)
        .extracting(task -> task.getCode().getCodingFirstRep().getCode())
        .isEqualTo(
            fhir.openTasks(sent).stream()
                .map(task -> task.getCode().getCodingFirstRep().getCode())
                .toList());
    audit.flush();
    Caller auditor = new Caller(port(), "auditor").signIn();
    assertThat(auditor.post("/audit", Map.of("number", pathway.patientId())).body())
        .contains("entered on a page")
        .contains("Clara Coordinator");
  }

  @Test
  void sentTwiceItIsOneReferral() throws Exception {
    assertThat(entered(send()).id()).isEqualTo(entered(send()).id());
  }

  /** Who goes back in the browser and types the next one in has the key of the one before. */
  @Test
  void anotherReferralOnTheSamePageIsNotLost() throws Exception {
    Pathway first = entered(send());
    typed.put("whom.family", "Ruiz " + UUID.randomUUID().toString().substring(0, 8));
    typed.put("whom.born", "1949-02-01");
    Pathway second = entered(send());
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.patientId()).isNotEqualTo(first.patientId());
    assertThat(
            fhir.as("coordinator")
                .read()
                .resource(Patient.class)
                .withId(second.patientId())
                .execute()
                .getNameFirstRep()
                .getFamily())
        .isEqualTo(typed.get("whom.family"));
  }

  @Test
  void aFormWithoutItsFieldsIsToldWhatIsMissing() throws Exception {
    typed.keySet().retainAll(java.util.Set.of("key"));
    HttpResponse<String> answer = send();
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("id=\"whom.family\"");
  }

  @Test
  void whoMayBeTheSameIsOfferedBeforeANewPatientIsMade() throws Exception {
    String first = entered(send()).patientId();
    typed.put("key", UUID.randomUUID().toString());
    HttpResponse<String> asked = send();
    assertThat(asked.statusCode()).isEqualTo(422);
    assertThat(asked.body()).contains(first).contains("None of them").contains("Ana &lt;b&gt;");
    typed.put("chosen", first);
    assertThat(send().body()).contains("is on this pathway now");
    typed.put("what.pathway", "kyphoplasty");
    assertThat(entered(send()).patientId()).isEqualTo(first);
    typed.put("key", UUID.randomUUID().toString());
    typed.put("chosen", "new");
    assertThat(entered(send()).patientId()).isNotEqualTo(first);
  }

  /** Nobody is put on a pathway by an id that was not offered. */
  @Test
  void onlyWhoIsOfferedCanBeChosen() throws Exception {
    entered(send());
    typed.put("key", UUID.randomUUID().toString());
    typed.put("chosen", fhir.sendPatient("boehm-cassaundra.json"));
    assertThat(send().statusCode()).isEqualTo(422);
  }

  @Test
  void eachFaultIsToldAtItsFieldAndNothingIsStored() throws Exception {
    typed.put("whom.family", "");
    typed.put("whom.born", "2999-01-01");
    typed.put("whom.phone", "abc");
    typed.remove("whom.interpreter");
    typed.put("what.priority", "soon");
    typed.put("what.reason", "x".repeat(4001));
    HttpResponse<String> refused = send();
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("Family name: must be filled in.")
        .contains("Date of birth: lies in the future.")
        .contains("Phone: digits, spaces")
        .contains("Priority: choose one")
        .contains("Reason: at most 4,000 characters; this has 4,001.")
        .contains("Dr. Fax Machine");
  }

  @Test
  void aFileIsKeptAsADocumentAndOneThatIsNotWhatItSaysIsRefused() throws Exception {
    String pdf = "%PDF-1.4\nfax\nstartxref\n0\n%%EOF\n";
    HttpResponse<String> refused =
        coordinator.send("/referrals", typed, "scan.pdf", "%PDF-1.4 test");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("scan.pdf: The file is no PDF, JPEG or PNG.");
    assertThat(coordinator.send("/referrals", typed, "scan.png", pdf).body())
        .contains("scan.png: The file is not what the end of its name says.");
    Pathway pathway = entered(coordinator.send("/referrals", typed, "fax of today.pdf", pdf));
    List<DocumentReference> documents =
        FhirClient.resources(
            fhir.as("coordinator")
                .search()
                .byUrl("DocumentReference?patient=" + pathway.patientId()),
            DocumentReference.class);
    assertThat(documents)
        .extracting(DocumentReference::getDescription)
        .containsExactly("fax of today.pdf");
    assertThat(coordinator.page("/pathways/" + pathway.id() + "?tab=documents").body())
        .contains("fax of today.pdf");
  }

  @Test
  void whoMayNotDoesNot() throws Exception {
    HttpResponse<String> refused = new Caller(port(), "nurse").signIn().post("/referrals", typed);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(new Caller(port(), "scheduler").signIn().post("/referrals", typed).statusCode())
        .isEqualTo(302);
  }

  @Test
  void itSpeaksSpanish() throws Exception {
    coordinator.post("/preferences", Map.of("language", "es", "back", "/referrals"));
    assertThat(coordinator.page("/referrals").body()).contains("Introducir una derivación");
  }

  private HttpResponse<String> send() throws Exception {
    return coordinator.post("/referrals", typed);
  }

  private Pathway entered(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    Matcher found = PATHWAY.matcher(answer.headers().firstValue("Location").orElseThrow());
    assertThat(found.find()).isTrue();
    return pathways.find(UUID.fromString(found.group(1))).orElseThrow();
  }
}
