package org.carepathway.patient;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.audit.Audit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whoever phones is found, whatever their pathway waits for and whether or not it has ended. */
class PatientSearchTest extends RunningService {

  @Autowired private Pathways pathways;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private EarlierPatients earlier;
  @Autowired private Audit audit;
  @Autowired private Clock clock;

  private FhirClient fhir;
  private Caller coordinator;
  private String family;
  private String number;
  private Patient patient;
  private Pathway pathway;

  @BeforeEach
  void aPatientWithAnEndedPathway() throws Exception {
    fhir = new FhirClient(port());
    coordinator = new Caller(port(), "coordinator").signIn();
    String unique = UUID.randomUUID().toString().replaceAll("[^a-f]", "");
    family = "Ñuñez" + unique + "-O'Hára";
    number = "MRN-" + UUID.randomUUID().toString().substring(0, 13).toUpperCase();
    patient = stored("María José", "1950-04-03");
    String referral = fhir.refer(patient.getIdPart()).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow();
    end();
  }

  @Test
  void byNamePartsNumbersAndDateOfBirthInAnyOrder() throws Exception {
    String word = family.substring(0, family.indexOf('-')).replace('Ñ', 'N').replace('ñ', 'n');
    String tail = number.substring(number.length() - 6);
    for (String typed :
        List.of(
            family,
            word.toLowerCase() + " maria",
            "JOSE " + word,
            "mar " + word.substring(3, 9),
            word + " ohara",
            number,
            number.replace("-", ""),
            tail + " jos",
            word + " 1950-04-03",
            "3.4.1950 " + word,
            "3/4/1950 " + word)) {
      assertThat(found(coordinator, typed)).as(typed).contains(row(), pathway.id().toString());
    }
    for (String typed : List.of(word + " 1950-04-04", word + " peter", "zz" + word)) {
      assertThat(found(coordinator, typed)).as(typed).doesNotContain(row());
    }
  }

  @Test
  void whatIsFoundLeadsToThePathwayThatHasEnded() throws Exception {
    String page = found(coordinator, family);
    assertThat(page).contains("/pathways/" + pathway.id(), "Cancelled", "3 Apr 1950", number);
    assertThat(coordinator.page("/pathways/" + pathway.id()).statusCode()).isEqualTo(200);
  }

  @Test
  void aPatientWithoutAReferralIsFoundToo() throws Exception {
    Patient other = stored("Otto", "1960-01-01");
    assertThat(found(coordinator, "otto " + family))
        .contains("id=\"patient-" + other.getIdPart() + "\"", "on no pathway");
  }

  @Test
  void whoHasNoNameYetIsStoredAndFoundByNumber() throws Exception {
    Patient nameless = stored("Nobody", "1960-01-01");
    nameless.getName().clear();
    nameless.getIdentifierFirstRep().setValue("N-" + number);
    fhir.as("referrer").update().resource(nameless).execute();
    assertThat(found(coordinator, "N-" + number)).contains(nameless.getIdPart(), "on no pathway");
  }

  @Test
  void aChangedNameIsFoundAndTheFormerOneToo() throws Exception {
    patient.addName().setFamily("Wed" + family.substring(5, 12)).addGiven("María");
    fhir.as("referrer").update().resource(patient).execute();
    assertThat(found(coordinator, "wed" + family.substring(5, 12) + " maria")).contains(row());
    assertThat(found(coordinator, family)).contains(row());
  }

  @Test
  void otherTeamsFindNobodyAndWhatIsTypedIsInNoAddress() throws Exception {
    Caller south = new Caller(port(), "south").signIn();
    HttpResponse<String> posted = south.post("/patients", Map.of("text", family));
    assertThat(posted.statusCode()).isEqualTo(302);
    assertThat(posted.headers().firstValue("Location").orElseThrow()).endsWith("/patients");
    assertThat(south.page("/patients").body())
        .contains("No patient fits", "Only patients of your teams", "/break-glass")
        .doesNotContain(row());
  }

  @Test
  void theAuditKeepsWhoWasShown() throws Exception {
    found(coordinator, family);
    audit.flush();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from audit_event where who = 'coordinator' and about = 'GET"
                    + " /patients' and ? = any (patients)",
                Integer.class,
                patient.getIdPart()))
        .isPositive();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from audit_event where body like ?",
                Integer.class,
                "%" + family.substring(5, 12) + "%"))
        .isZero();
  }

  @Test
  void manyArePagesWithTheBestFirst() throws Exception {
    for (int i = 0; i < 25; i++) {
      stored("Ina" + (char) ('a' + i), "1970-01-01");
    }
    stored("Rina", "1970-01-01");
    String first = found(coordinator, "ina " + family);
    assertThat(first).contains("Inaa", "/patients?page=2").doesNotContain("Rina", "page=0");
    String second = coordinator.page("/patients?page=2").body();
    assertThat(second).contains("Inay", "Rina", "/patients?page=1").doesNotContain("page=3");
    assertThat(coordinator.page("/patients?page=-7").statusCode()).isEqualTo(200);
    assertThat(coordinator.page("/patients?page=99999").statusCode()).isEqualTo(200);
  }

  @Test
  void whoWasStoredBeforeThereWasASearchIsFound() throws Exception {
    jdbc.update("delete from patient_index where patient_id = ?", patient.getIdPart());
    assertThat(found(coordinator, family)).doesNotContain(row());
    earlier.run(null);
    assertThat(found(coordinator, family)).contains(row());
  }

  @Test
  void withThousandsOfPatientsASearchIsQuick() throws Exception {
    jdbc.update(
        """
        insert into patient_index
        select 'many-' || n, 'Many ' || n, 'many ' || n, 'M' || n, date '1950-01-01' + n % 9000,
               array_to_tsvector(array['many', 'm' || n]),
               array_to_tsvector(array['many', 'any', 'ny', 'm' || n, n::text])
        from generate_series(1000, 21000) n\
        """);
    try {
      long begin = System.nanoTime();
      assertThat(found(coordinator, family)).contains(row());
      assertThat(found(coordinator, "many")).contains("page=2");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    } finally {
      jdbc.update("delete from patient_index where patient_id like 'many-%'");
    }
  }

  private String row() {
    return "id=\"patient-" + patient.getIdPart() + "\"";
  }

  private static String found(Caller caller, String typed) throws Exception {
    assertThat(caller.post("/patients", Map.of("text", typed)).statusCode()).isEqualTo(302);
    return caller.page("/patients").body();
  }

  private Patient stored(String given, String born) {
    Patient stored = new Patient();
    stored.addName().setFamily(family).addGiven(given);
    stored.setGender(AdministrativeGender.FEMALE);
    stored.getBirthDateElement().setValueAsString(born);
    stored
        .addIdentifier()
        .setSystem("https://hospital.example/mrn")
        .setValue(given.startsWith("María") ? number : UUID.randomUUID().toString())
        .getType()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/v2-0203")
        .setCode("MR");
    return (Patient) fhir.as("referrer").create().resource(stored).execute().getResource();
  }

  private void end() throws Exception {
    Caller referrer = new Caller(port(), "referrer").signIn();
    HttpResponse<String> ended =
        referrer.post(
            "/pathways/" + pathway.id() + "/report/ReferralRevoked",
            Map.of(
                "cancelled-on",
                LocalDate.now(clock).toString(),
                "reason",
                "other",
                "asked-by",
                "Dr Rita",
                "bone-health-told",
                "true"));
    assertThat(pathways.find(pathway.id()).orElseThrow().isActive()).as(ended.body()).isFalse();
  }
}
