package org.carepathway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.impl.memory.InMemoryFhirRepository;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.carepathway.OwnFolder;
import org.carepathway.database.ScratchPostgres;
import org.carepathway.mllp.FakeReceiver;
import org.carepathway.outbox.OutboxTables;
import org.carepathway.outbox.Written;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A long queue after an outage, with a message in it that is refused. */
@Tag("service")
class QueueTest {

  private static final int ENTRIES = 2000;
  private static final int PATIENTS = 10;

  /** Of the entry that is refused. */
  private static final int REFUSED = 1000;

  private final AtomicReference<FaultyProxy.Mood> mood =
      new AtomicReference<>(FaultyProxy.Mood.REFUSE);

  @Test
  void afterAnOutageAllLeaveInOrderAndOneThatIsRefusedHoldsUpNobody() throws Exception {
    try (ScratchPostgres postgres = new ScratchPostgres(OwnFolder.of("queue"));
        HikariDataSource database = postgres.database();
        FakeReceiver receiver = new FakeReceiver(QueueTest::answer);
        FaultyProxy proxy = FaultyProxy.before(receiver.port(), mood::get)) {
      OutboxTables.create(database);
      Rig rig = rig(database, proxy.port());
      for (int i = 1; i <= ENTRIES; i++) {
        rig.outbox().add(written(i));
      }
      rig.threads().begin();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> count(rig, "attempts > 0 and said is not null") > 0);
      mood.set(FaultyProxy.Mood.PASS);
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> count(rig, "state = 'done'") == ENTRIES - 1);
      assertThat(count(rig, "id = " + REFUSED + " and state = 'dead' and fault = 'configuration'"))
          .isEqualTo(1);
      rig.threads().stop();
      assertInOrder(receiver.taken());
    }
  }

  private static List<String> answer(String id) {
    return List.of(entry(id) == REFUSED ? "AR|" + id : FakeReceiver.accepted(id));
  }

  private static long entry(String controlId) {
    return Long.parseLong(controlId.substring(2).toLowerCase(Locale.ROOT), Character.MAX_RADIX);
  }

  private static void assertInOrder(Map<String, String> taken) {
    assertThat(taken).hasSize(ENTRIES - 1);
    Map<Long, Long> last = new HashMap<>();
    taken
        .keySet()
        .forEach(
            id -> {
              long entry = entry(id);
              assertThat(last.getOrDefault(entry % PATIENTS, 0L)).isLessThan(entry);
              last.put(entry % PATIENTS, entry);
            });
  }

  private static int count(Rig rig, String condition) {
    return rig.jdbc()
        .queryForObject("select count(*) from outbox_entry where " + condition, Integer.class);
  }

  private static Written written(int number) {
    Observation pain = new Observation();
    pain.setId(UUID.randomUUID().toString());
    pain.setStatus(Observation.ObservationStatus.FINAL);
    pain.setSubject(new Reference("Patient/p" + number % PATIENTS));
    pain.setCode(new CodeableConcept(new Coding("http://loinc.org", "72514-3", null)));
    pain.setEffective(new DateTimeType("2026-11-30T10:00:00+01:00"));
    pain.setValue(new Quantity(number % 11).setUnit("{score}"));
    return new Written(
        "hl7",
        "p" + number % PATIENTS,
        UUID.randomUUID(),
        "vertebroplasty",
        "observation",
        "Observation/" + pain.getIdElement().getIdPart(),
        FhirContext.forR4Cached().newJsonParser().encodeResourceToString(pain));
  }

  private static Rig rig(HikariDataSource database, int port) throws Exception {
    InMemoryFhirRepository repository =
        InMemoryFhirRepository.emptyRepository(FhirContext.forR4Cached());
    for (int i = 0; i < PATIENTS; i++) {
      Patient patient = new Patient();
      patient.setId("p" + i);
      patient.addIdentifier().setSystem("urn:test").setValue("p" + i);
      repository.update(patient);
    }
    DeliverySettings.Hl7 hl7 =
        new DeliverySettings.Hl7(
            "localhost",
            port,
            "EHR",
            "HOSPITAL",
            List.of("ORU^R01"),
            null,
            null,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));
    return Rig.of(
        database,
        new DeliverySettings(
            2,
            3,
            Duration.ofMillis(50),
            Duration.ofMillis(400),
            Duration.ofMillis(200),
            Duration.ofDays(1),
            Map.of(
                "hl7", new DeliverySettings.Site("plain", DeliverySettings.Strangers.TELL, hl7))),
        Map.of(),
        "1s",
        repository);
  }
}
