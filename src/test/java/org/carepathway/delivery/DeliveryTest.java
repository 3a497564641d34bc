package org.carepathway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.impl.memory.InMemoryFhirRepository;
import com.zaxxer.hikari.HikariDataSource;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.carepathway.OwnFolder;
import org.carepathway.database.ScratchPostgres;
import org.carepathway.demo.ehr.FakeEhr;
import org.carepathway.fhirfeed.LinkedPatients;
import org.carepathway.outbox.OurNumbers;
import org.carepathway.outbox.OutboxTables;
import org.carepathway.outbox.Written;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a step has written reaches each EHR once, as that EHR takes it. */
@Tag("service")
class DeliveryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static ScratchPostgres postgres;

  private final Map<String, FakeEhr> ehrs = new LinkedHashMap<>();
  private final AtomicReference<FaultyProxy.Mood> mood =
      new AtomicReference<>(FaultyProxy.Mood.PASS);
  private final InMemoryFhirRepository repository =
      InMemoryFhirRepository.emptyRepository(FhirContext.forR4Cached());
  private HikariDataSource database;
  private FaultyProxy proxy;
  private volatile String behindTheProxy;
  private Rig rig;

  @BeforeAll
  static void start() throws Exception {
    postgres = new ScratchPostgres(OwnFolder.of("delivery"));
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void open() throws Exception {
    database = postgres.database();
    OutboxTables.create(database);
    for (String vendor : Rig.vendors()) {
      ehrs.put(vendor, FakeEhr.like(vendor));
    }
    behindTheProxy = "plain";
    proxy = FaultyProxy.before(() -> ehrs.get(behindTheProxy).port(), mood::get);
    Map<String, URI> bases = new LinkedHashMap<>();
    ehrs.forEach(
        (name, ehr) ->
            bases.put(
                name,
                URI.create(
                    "http://localhost:"
                        + (name.equals("plain") ? proxy.port() : ehr.port())
                        + "/fhir")));
    Map<String, DeliverySettings.Site> sites = new LinkedHashMap<>();
    Rig.vendors()
        .forEach(
            vendor ->
                sites.put(
                    vendor,
                    new DeliverySettings.Site(vendor, DeliverySettings.Strangers.TELL, null)));
    sites.put(
        "paper",
        new DeliverySettings.Site(
            "plain",
            DeliverySettings.Strangers.TELL,
            new DeliverySettings.Hl7(
                "localhost",
                1,
                "EHR",
                "HOSPITAL",
                List.of(),
                null,
                null,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1))));
    rig =
        Rig.of(
            database,
            new DeliverySettings(
                2,
                3,
                Duration.ofMillis(50),
                Duration.ofMillis(400),
                Duration.ofMillis(200),
                Duration.ofDays(1),
                sites),
            bases,
            "1s",
            repository);
    patient("p1");
    patient("p2");
    rig.threads().begin();
  }

  @AfterEach
  void close() throws Exception {
    rig.threads().stop();
    proxy.close();
    ehrs.values().forEach(FakeEhr::close);
    database.close();
  }

  private void patient(String id) {
    Patient patient = new Patient();
    patient.setId(id);
    patient.addName().setFamily("Delivery").addGiven(id);
    repository.update(patient);
    ehrs.forEach(
        (name, ehr) -> {
          ehr.knows("e-" + id, id);
          LinkedPatients.link(rig.jdbc(), name, id, "e-" + id);
        });
  }

  private static Procedure procedure(String patient, String status) {
    Procedure procedure = new Procedure();
    procedure.setId(UUID.randomUUID().toString());
    procedure.getMeta().addProfile("https://carepathway.org/fhir/StructureDefinition/procedure");
    procedure.setStatus(Procedure.ProcedureStatus.fromCode(status));
    procedure.setSubject(new Reference("Patient/" + patient));
    procedure.addBasedOn(new Reference("ServiceRequest/only-here"));
    procedure.setCode(
        new CodeableConcept(
                new Coding(
                    "https://carepathway.org/fhir/CodeSystem/procedure-code",
                    "percutaneous-vertebroplasty",
                    "Percutaneous vertebroplasty"))
            .setText("Percutaneous vertebroplasty"));
    procedure.setPerformed(
        new Period().setStartElement(new DateTimeType("2026-11-30T09:15:00+01:00")));
    return procedure;
  }

  private static Observation pain(String patient, int value) {
    Observation observation = new Observation();
    observation.setId(UUID.randomUUID().toString());
    observation.setStatus(Observation.ObservationStatus.FINAL);
    observation.setSubject(new Reference("Patient/" + patient));
    observation.setCode(
        new CodeableConcept(new Coding("http://loinc.org", "72514-3", "Pain severity")));
    observation.setEffective(new DateTimeType("2026-11-30T10:00:00+01:00"));
    observation.setValue(
        new Quantity()
            .setValue(BigDecimal.valueOf(value))
            .setUnit("{score}")
            .setSystem("http://unitsofmeasure.org")
            .setCode("{score}"));
    return observation;
  }

  private long write(String site, String patient, String kind, DomainResource resource) {
    return write(site, patient, kind, resource, true);
  }

  private long write(
      String site, String patient, String kind, DomainResource resource, boolean isAwaited) {
    rig.outbox()
        .add(
            new Written(
                site,
                patient,
                UUID.randomUUID(),
                "vertebroplasty",
                kind,
                resource.fhirType() + '/' + resource.getIdElement().getIdPart(),
                FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource)));
    long number = rig.jdbc().queryForObject("select max(id) from outbox_entry", Long.class);
    if (isAwaited) {
      await().atMost(PATIENCE).until(() -> !state(number).equals("new"));
    }
    return number;
  }

  private String state(long number) {
    return text("state", number);
  }

  private String text(String column, long number) {
    return rig.jdbc()
        .queryForObject(
            "select " + column + " from outbox_entry where id = ?", String.class, number);
  }

  private <T extends Resource> List<T> at(String vendor, Class<T> type) {
    return ehrs.get(vendor).received(type::isInstance).stream().map(type::cast).toList();
  }

  @Test
  void aResourceIsCreatedThenChangedUnderOurIdentifierAndNotSentTwice() {
    Procedure procedure = procedure("p1", "completed");
    assertThat(state(write("plain", "p1", "procedure", procedure))).isEqualTo("done");
    Procedure there = at("plain", Procedure.class).get(0);
    assertThat(there.getIdentifierFirstRep().getSystem()).isEqualTo(OurNumbers.SYSTEM);
    assertThat(there.getIdentifierFirstRep().getValue())
        .isEqualTo("Procedure/" + procedure.getIdElement().getIdPart());
    assertThat(there.getSubject().getReference()).isEqualTo("Patient/e-p1");
    assertThat(there.getBasedOn()).as("what the EHR does not have is not pointed to").isEmpty();
    assertThat(there.getMeta().getProfile()).isEmpty();

    long again = write("plain", "p1", "procedure", procedure);
    assertThat(text("said", again)).isEqualTo("Nothing has changed for the EHR.");
    procedure.setStatus(Procedure.ProcedureStatus.ENTEREDINERROR);
    write("plain", "p1", "procedure", procedure);
    assertThat(at("plain", Procedure.class))
        .singleElement()
        .satisfies(
            now -> {
              assertThat(now.getStatus()).isEqualTo(Procedure.ProcedureStatus.ENTEREDINERROR);
              assertThat(now.getMeta().getVersionId()).isEqualTo("2");
            });
  }

  @Test
  void eachVendorGetsItAsItTakesIt() {
    Appointment appointment = new Appointment();
    appointment.setId(UUID.randomUUID().toString());
    appointment.setStatus(Appointment.AppointmentStatus.BOOKED);
    appointment.setStart(new Date(1_780_000_000_000L));
    appointment
        .addParticipant()
        .setActor(new Reference("Patient/p1"))
        .setStatus(Appointment.ParticipationStatus.ACCEPTED);
    Map<String, String> expected =
        Map.of(
            "epic", "document", "oracle", "native", "meditech", "communication", "plain", "native");
    expected.forEach(
        (vendor, rung) -> {
          long number = write(vendor, "p1", "appointment", appointment);
          assertThat(state(number) + ' ' + text("rung", number))
              .as("%s: %s", vendor, text("said", number))
              .isEqualTo("done " + rung);
        });
    assertThat(at("epic", DocumentReference.class))
        .singleElement()
        .satisfies(
            document ->
                assertThat(document.getContentFirstRep().getAttachment().getData())
                    .asString()
                    .contains("Appointment for the procedure\nStatus: Booked\nBegins: "));
    assertThat(at("meditech", Communication.class))
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.getPayloadFirstRep().getContentStringType().getValue())
                    .contains("Status: Booked"));
  }

  @Test
  void aChangeThatAVendorTakesNotComesAsADocument() {
    Condition fracture = new Condition();
    fracture.setId(UUID.randomUUID().toString());
    fracture.setSubject(new Reference("Patient/p1"));
    fracture.getClinicalStatus().addCoding().setCode("active");
    fracture.setCode(new CodeableConcept().setText("Fracture of L1"));
    fracture.setOnset(new DateTimeType("2026-10-01"));
    write("epic", "p1", "fracture", fracture);
    fracture.getClinicalStatus().getCodingFirstRep().setCode("inactive");
    long change = write("epic", "p1", "fracture", fracture);

    assertThat(text("rung", change)).as(text("said", change)).isEqualTo("document");
    assertThat(at("epic", Condition.class)).hasSize(1);
    assertThat(at("epic", DocumentReference.class))
        .singleElement()
        .satisfies(
            document ->
                assertThat(document.getContentFirstRep().getAttachment().getData())
                    .asString()
                    .contains("Clinical status: Inactive"));
  }

  @Test
  void whatASystemTakesInNoWayIsEnteredByAPerson() {
    long number = write("paper", "p1", "procedure", procedure("p1", "completed"));
    assertThat(state(number)).isEqualTo("hand");
    assertThat(text("entry_text", number))
        .isEqualTo(
            "Procedure\nStatus: Completed\nProcedure: Percutaneous vertebroplasty\nBegins: 30 November 2026, 08:15");
    assertThat(text("owner", number)).isEqualTo("ir-nurse");
    assertThat(text("said", number)).contains("the port of HL7 v2 takes no ORU^R01");
    assertThat(rig.outbox().entered(number, "nurse")).isTrue();
    assertThat(rig.outbox().entered(number, "nurse")).as("once").isFalse();
    assertThat(state(number)).isEqualTo("done");
  }

  @Test
  void whatTheEhrHasOtherwiseIsFoundAndSentAgain() {
    onAPathway("p1");
    Procedure kept = procedure("p1", "completed");
    Procedure changed = procedure("p1", "completed");
    changed.setPerformed(new DateTimeType("2026-11-29"));
    Observation gone = pain("p1", 3);
    write("plain", "p1", "procedure", kept);
    write("plain", "p1", "procedure", changed);
    write("plain", "p1", "observation", gone);
    Procedure theirs =
        at("plain", Procedure.class).stream()
            .filter(one -> one.hasPerformedDateTimeType())
            .findFirst()
            .orElseThrow();
    theirs.setStatus(Procedure.ProcedureStatus.NOTDONE);
    ehrs.get("plain").put(theirs);
    ehrs.get("plain").loses(at("plain", Observation.class).get(0));

    assertThat(rig.drift().compare("plain")).isEqualTo(3);
    assertThat(rig.drift().compare("plain")).as("once a day").isZero();
    assertThat(rig.drift().found("plain"))
        .extracting(one -> one.written().subject() + ' ' + one.drift())
        .containsExactly(
            "Observation/" + gone.getIdElement().getIdPart() + " gone",
            "Procedure/" + changed.getIdElement().getIdPart() + " changed");
    rig.drift()
        .found("plain")
        .forEach(one -> assertThat(rig.drift().sendAgain("plain", one.entry())).isTrue());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(at("plain", Observation.class)).hasSize(1);
              assertThat(at("plain", Procedure.class))
                  .extracting(Procedure::getStatus)
                  .containsOnly(Procedure.ProcedureStatus.COMPLETED);
            });
    assertThat(rig.drift().found("plain")).isEmpty();
  }

  /** What was sent is compared, not what would be sent now. */
  @Test
  void whatWasSentBeforeWhatItPointsToIsNoDrift() {
    onAPathway("p1");
    Condition fracture = new Condition();
    fracture.setId(UUID.randomUUID().toString());
    fracture.setSubject(new Reference("Patient/p1"));
    fracture.setCode(new CodeableConcept(new Coding("http://snomed.info/sct", "207957008", null)));
    Procedure procedure = procedure("p1", "completed");
    procedure.addReasonReference(new Reference("Condition/" + fracture.getIdElement().getIdPart()));
    write("plain", "p1", "procedure", procedure);
    write("plain", "p1", "fracture", fracture);
    assertThat(at("plain", Procedure.class).get(0).getReasonReference()).isEmpty();

    assertThat(rig.drift().compare("plain")).isEqualTo(2);
    assertThat(rig.drift().found("plain")).isEmpty();
  }

  @Test
  void aChangeSaidInWordsIsNoDriftOfTheResource() {
    onAPathway("p1");
    Procedure procedure = procedure("p1", "completed");
    write("oracle", "p1", "procedure", procedure);
    procedure.setStatus(Procedure.ProcedureStatus.STOPPED);
    write("oracle", "p1", "procedure", procedure);

    assertThat(rig.drift().compare("oracle")).isEqualTo(1);
    assertThat(rig.drift().found("oracle")).isEmpty();
  }

  @Test
  void whatIsSentAgainByAStepIsNoDriftAnyMore() {
    onAPathway("p1");
    Procedure procedure = procedure("p1", "preparation");
    write("plain", "p1", "procedure", procedure);
    ehrs.get("plain")
        .put(at("plain", Procedure.class).get(0).setStatus(Procedure.ProcedureStatus.ONHOLD));
    assertThat(rig.drift().compare("plain")).isEqualTo(1);
    assertThat(rig.drift().found("plain")).hasSize(1);

    procedure.setStatus(Procedure.ProcedureStatus.COMPLETED);
    write("plain", "p1", "procedure", procedure);

    assertThat(rig.drift().found("plain")).isEmpty();
    assertThat(rig.drift().compare("plain")).as("at once, not a day later").isEqualTo(1);
    assertThat(rig.drift().found("plain")).isEmpty();
  }

  private void onAPathway(String patient) {
    rig.jdbc().execute("create table pathway (patient_id text, status text)");
    rig.jdbc().update("insert into pathway values (?, 'active')", patient);
  }

  @Test
  void aSecondChangeThatAVendorTakesNotIsNoSecondResource() {
    Procedure procedure = procedure("p1", "completed");
    write("oracle", "p1", "procedure", procedure);
    procedure.setStatus(Procedure.ProcedureStatus.STOPPED);
    write("oracle", "p1", "procedure", procedure);
    procedure.setStatus(Procedure.ProcedureStatus.ENTEREDINERROR);
    write("oracle", "p1", "procedure", procedure);
    assertThat(at("oracle", Procedure.class)).hasSize(1);
    assertThat(at("oracle", DocumentReference.class)).hasSize(2);
  }

  @Test
  void whatWasWrittenAndNotAnsweredIsFoundAndNotWrittenTwice() {
    for (FaultyProxy.Mood fault :
        List.of(FaultyProxy.Mood.BLACK_HOLE, FaultyProxy.Mood.RESET, FaultyProxy.Mood.REFUSE)) {
      write("plain", "p2", "observation", pain("p2", 1));
      mood.set(fault);
      Procedure procedure = procedure("p1", "completed");
      long number = write("plain", "p1", "procedure", procedure, false);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  rig.jdbc()
                          .queryForObject(
                              "select attempts from outbox_entry where id = ?",
                              Integer.class,
                              number)
                      > 1);
      mood.set(FaultyProxy.Mood.PASS);
      await().atMost(PATIENCE).until(() -> state(number).equals("done"));
      assertThat(
              at("plain", Procedure.class).stream()
                  .filter(
                      one ->
                          one.getIdentifierFirstRep()
                              .getValue()
                              .endsWith(procedure.getIdElement().getIdPart())))
          .as("%s", fault)
          .hasSize(1);
    }
  }

  /** E16 and the upgrade of an EHR: the next way is taken, and who owns the EHR can see why. */
  @Test
  void whatAnEhrTakesNoMoreSinceItsUpgradeGoesTheNextWayAndIsShown() {
    write("plain", "p1", "procedure", procedure("p1", "completed"));
    rig.statements().accept("plain", "integration");
    assertThat(rig.statements().known("plain").isChanged()).isFalse();
    // The connections of before end with it.
    mood.set(FaultyProxy.Mood.REFUSE);
    behindTheProxy = "meditech";
    long after = write("plain", "p1", "procedure", procedure("p1", "completed"), false);
    await().atMost(PATIENCE).until(() -> text("said", after) != null);
    mood.set(FaultyProxy.Mood.PASS);
    await().atMost(PATIENCE).until(() -> !state(after).equals("new"));

    assertThat(state(after) + ' ' + text("rung", after))
        .as(text("said", after))
        .isEqualTo("done communication");
    assertThat(at("meditech", Communication.class)).hasSize(1);
    assertThat(rig.statements().known("plain").isChanged()).as("shown on the page").isTrue();
  }

  @Test
  void whatTheEhrSaysThatItHasAndHasNotIsSentAgain() {
    ehrs.get("plain").loseNext();
    long number = write("plain", "p1", "procedure", procedure("p1", "completed"));
    assertThat(state(number)).isEqualTo("done");
    assertThat(text("attempts", number)).isEqualTo("2");
    assertThat(at("plain", Procedure.class)).hasSize(1);
  }

  @Test
  void whatIsRefusedWaitsForAPersonAndNobodyElseDoes() {
    Procedure refused = procedure("p1", "completed");
    refused.addModifierExtension().setUrl("urn:unknown").setValue(new Quantity(1));
    long number = write("oracle", "p1", "procedure", refused);
    assertThat(state(number)).isEqualTo("dead");
    assertThat(text("fault", number)).isEqualTo("clinical");
    long begun = System.nanoTime();
    assertThat(state(write("oracle", "p2", "observation", pain("p2", 3)))).isEqualTo("done");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    assertThat(state(write("oracle", "p1", "observation", pain("p1", 3)))).isEqualTo("done");
  }

  @Test
  void whatWaitedWhileTheEhrWasAwayLeavesInOrder() {
    mood.set(FaultyProxy.Mood.REFUSE);
    Observation first = pain("p1", 0);
    for (int i = 0; i < 30; i++) {
      first.getValueQuantity().setValue(i);
      write("plain", "p1", "observation", first, false);
      write("plain", "p2", "observation", pain("p2", i), false);
    }
    mood.set(FaultyProxy.Mood.PASS);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                rig.jdbc()
                        .queryForObject(
                            "select count(*) from outbox_entry where state = 'done'", Integer.class)
                    == 60);
    assertThat(
            at("plain", Observation.class).stream()
                .filter(one -> one.getSubject().getReference().equals("Patient/e-p1")))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.getValueQuantity().getValue()).isEqualByComparingTo("29");
              assertThat(one.getMeta().getVersionId()).isEqualTo("30");
            });
    assertThat(
            rig.jdbc()
                .queryForList(
                    "select id from outbox_entry where patient = 'p1' order by finished_at, id",
                    Long.class))
        .isSorted();
  }

  @Test
  void anOlderEntryThatIsReplayedNeverOverwritesWhatIsNewer() {
    Observation pain = pain("p1", 8);
    pain.addModifierExtension().setUrl("urn:unknown").setValue(new Quantity(1));
    long old = write("plain", "p1", "observation", pain);
    assertThat(state(old)).isEqualTo("dead");
    pain.getModifierExtension().clear();
    pain.getValueQuantity().setValue(2);
    write("plain", "p1", "observation", pain);

    assertThat(rig.outbox().replay(old, "integration")).isTrue();
    await().atMost(PATIENCE).until(() -> state(old).equals("done"));
    assertThat(text("said", old)).startsWith("Not sent: something newer");
    assertThat(at("plain", Observation.class))
        .singleElement()
        .satisfies(one -> assertThat(one.getValueQuantity().getValue()).isEqualByComparingTo("2"));
  }
}
