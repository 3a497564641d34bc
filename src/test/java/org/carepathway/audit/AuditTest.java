package org.carepathway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.fhir.Conformance;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is kept of who did what, who can read it, and that no change of it goes unseen. */
class AuditTest extends RunningService {

  private static final String TAMPER =
      "alter table audit_event disable trigger all; alter table audit_chain disable trigger all;";

  private static String patient;

  @Autowired private Audit audit;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private DataSource database;
  @Autowired private AuditKeys keys;
  @Autowired private Conformance conformance;

  @BeforeEach
  void aPatient() throws Exception {
    if (patient == null) {
      patient = new FhirClient(port()).sendPatient("kiehn-josue.json");
    }
  }

  @Test
  void aReadIsKept() throws Exception {
    new Caller(port(), "nurse").fhir("Patient/" + patient);

    kept("nurse", "read", "GET /fhir/Patient/" + patient);
  }

  @Test
  void aSearchIsKeptAsOneEventWithAllItFound() throws Exception {
    new Caller(port(), "physician").fhir("Condition?patient=" + patient);

    kept("physician", "search", "GET /fhir/Condition");
    AuditEvent event = newest("physician", "search");
    assertThat(event.getEntity())
        .extracting(entity -> entity.getWhat().getReference())
        .contains("Patient/" + patient)
        .anyMatch(what -> what != null && what.startsWith("Condition/"));
    assertThat(event.getEntity())
        .anyMatch(
            entity ->
                entity.hasQuery() && new String(entity.getQuery()).contains("patient=" + patient));
    assertThat(event.getMeta().getProfile().get(0).getValue()).endsWith("PatientQuery");
    event.getMeta().getProfile().clear();
    assertThat(conformance.validate(event).isSuccessful())
        .as("%s", conformance.validate(event).getMessages())
        .isTrue();
  }

  @Test
  void aWriteIsKeptInItsTransaction() throws Exception {
    FhirClient fhir = new FhirClient(port());
    Patient changed = fhir.as("nurse").read().resource(Patient.class).withId(patient).execute();
    changed.addTelecom().setSystem(ContactPointSystem.PHONE).setValue(UUID.randomUUID().toString());
    fhir.as("referrer").update().resource(changed).execute();
    AuditEvent event = newest("referrer", "write");
    assertThat(event.getEntity())
        .extracting(entity -> entity.getWhat().getReference())
        .contains("Patient/" + patient);
    long before = count();
    new Caller(port(), "referrer")
        .fhir("POST", "Patient", "{\"resourceType\":\"Patient\",\"x\":1}");
    audit.flush();
    assertThat(count()).as("what was not written is not kept as written").isEqualTo(before);
  }

  @Test
  void whatIsRefusedIsKept() throws Exception {
    new Caller(port(), "scheduler").fhir("DELETE", "Patient/" + patient, null);

    kept("scheduler", "denied", "DELETE /fhir/Patient/" + patient);
  }

  /** The answer is 404, as for what does not exist; the auditor learns what was asked for. */
  @Test
  void whatIsOutOfSightIsKeptAsRefused() throws Exception {
    String path = "Patient/" + patient;
    assertThat(new Caller(port(), "south").fhir(path).statusCode()).isEqualTo(404);

    kept("south", "denied", "GET /fhir/" + path);
    assertThat(newest("south", "denied").getEntity())
        .extracting(entity -> entity.getWhat().getReference())
        .containsExactly(path);
  }

  @Test
  void theStartOfTheServiceIsKeptWithTheKeyOfTheChain() {
    assertThat(abouts("care-pathway", "start")).contains("audit key " + keys.present().id());
  }

  @Test
  void signingInAndOutIsKept() throws Exception {
    Caller caller = new Caller(port(), "nurse").signIn();
    caller.post("/logout", java.util.Map.of());

    kept("nurse", "login", "POST /login");
    kept("nurse", "logout", "POST /logout");
  }

  @Test
  void auditorsReadItAtFhirAndNobodyElse() throws Exception {
    new Caller(port(), "nurse").fhir("Patient/" + patient);
    audit.flush();

    var answer = new Caller(port(), "auditor").fhir("AuditEvent?patient=Patient/" + patient);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Bundle found =
        ca.uhn.fhir.context.FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(Bundle.class, answer.body());
    assertThat(found.getEntry()).isNotEmpty();
    String id = found.getEntryFirstRep().getResource().getIdElement().getIdPart();
    assertThat(new Caller(port(), "auditor").fhir("AuditEvent/" + id).statusCode()).isEqualTo(200);
    for (String user : List.of("coordinator", "admin", "ehr")) {
      assertThat(new Caller(port(), user).fhir("AuditEvent/" + id).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void nothingIsChangedOrDeleted() {
    for (String change :
        List.of(
            "update audit_event set who = 'x'",
            "delete from audit_event",
            "truncate audit_event cascade",
            "update audit_chain set position = position + 1",
            "delete from audit_chain")) {
      assertThatThrownBy(() -> jdbc.execute(change)).hasMessageContaining("append-only");
    }
  }

  @Test
  void anUntouchedAuditHasNoFaults() throws SQLException {
    assertThat(verifyAfter("select 1").findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update audit_event set who = 'x' where id = {2} | Changed",
        "update audit_event set at = at + interval '1 s' where id = {2} | Changed",
        "update audit_event set patients = array['x'] where id = {2} | Changed",
        "delete from audit_event where id = {2} | Deleted",
        "delete from audit_event where id = {2}; delete from audit_chain where event_id = {2} |"
            + " Missing",
        "delete from audit_chain where event_id = {2} | Missing",
        "update audit_event set id = '00000000-0000-0000-0000-000000000001' where id = {2}; update"
            + " audit_event set id = {2} where id = {3}; update audit_event set id = {3} where id ="
            + " '00000000-0000-0000-0000-000000000001' | moved",
        "insert into audit_event select gen_random_uuid(), at, kind, succeeded, who, display,"
            + " address, about, patients, emergency, body from audit_event where id = {2} | Not in"
            + " the chain"
      })
  void tamperingIsFound(String tampering, String finding) throws SQLException {
    assertThat(verifyAfter(tampering).findings()).anyMatch(found -> found.contains(finding));
  }

  @Test
  void aCutOffEndIsFoundByWhatWasLoggedEarlier() throws SQLException {
    String head = verifyAfter("select 1").head();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            TAMPER
                + "with cut as (delete from audit_chain where position ="
                + " (select max(position) from audit_chain) returning event_id)"
                + " delete from audit_event where id in (select event_id from cut)");
      }
      assertThat(new AuditVerifier(connection, keys).verify(Optional.of(head)).findings())
          .anyMatch(found -> found.contains("cut off"));
      connection.rollback();
    }
  }

  /** Tampers as one who owns the database could, verifies, and takes it back. */
  private AuditVerifier.Result verifyAfter(String tampering) throws SQLException {
    audit.flush();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(TAMPER + tampering.replace("{2}", event(2)).replace("{3}", event(3)));
      }
      AuditVerifier.Result result = new AuditVerifier(connection, keys).verify(Optional.empty());
      connection.rollback();
      return result;
    }
  }

  private String event(int position) {
    return "'"
        + jdbc.queryForObject(
            "select event_id from audit_chain where position = ?", String.class, position)
        + "'::uuid";
  }

  /** A request is kept just after its answer was sent. */
  private void kept(String who, String kind, String about) {
    await(about)
        .atMost(Duration.ofMinutes(1))
        .until(() -> abouts(who, kind), found -> found.stream().anyMatch(one -> one.equals(about)));
  }

  private List<String> abouts(String who, String kind) {
    audit.flush();
    return jdbc.queryForList(
        "select about from audit_event where who = ? and kind = ? order by at desc limit 20",
        String.class,
        who,
        kind);
  }

  private AuditEvent newest(String who, String kind) {
    audit.flush();
    return ca.uhn.fhir.context.FhirContext.forR4Cached()
        .newJsonParser()
        .parseResource(
            AuditEvent.class,
            jdbc.queryForObject(
                "select body from audit_event where who = ? and kind = ? order by at desc limit 1",
                String.class,
                who,
                kind));
  }

  private long count() {
    return jdbc.queryForObject("select count(*) from audit_event where kind = 'write'", Long.class);
  }
}
