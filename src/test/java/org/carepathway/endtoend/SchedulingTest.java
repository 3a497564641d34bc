package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import org.carepathway.RunningService;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Capacity;
import org.carepathway.clock.ServiceClock;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** IHE ITI Scheduling 1.0: what the server SHALL do in ITI-115 to ITI-118. */
class SchedulingTest extends RunningService {

  @Autowired private Capacity capacity;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Clock clock;
  @Autowired private JdbcTemplate jdbc;

  private List<Actor> actors;
  private FhirClient fhir;
  private SchedulingCalls scheduling;
  private Instant from;

  @BeforeEach
  void setUp() {
    fhir = new FhirClient(port());
    scheduling = new SchedulingCalls(fhir);
    // What an earlier test gave back is held for a patient of another test who waits for a time.
    jdbc.update("update capacity_freed set done = true");
    actors = ToTheBooking.setUp(capacity, LocalDate.now(clock)).toList();
    // A search by start lists what begins in it: with its edge within a session, a booking there
    // would make a new Slot of the rest of that session, and the free minutes would grow.
    from = LocalDate.now(clock).plusDays(7).atStartOfDay(clock.getZone()).toInstant();
  }

  @AfterEach
  void takeOutOfUse() {
    actors.forEach(actor -> capacity.retire(actor.id()));
  }

  /** 2:3.115.4.2.3: total, _count; GET and POST. */
  @Test
  void findHonoursCountAndSaysTheTotal() throws Exception {
    Bundle all = find();
    assertThat(all.getType()).isEqualTo(BundleType.SEARCHSET);
    assertThat(all.getTotal()).isEqualTo(all.getEntry().size()).isGreaterThan(20);
    Bundle two =
        get(
            "Appointment/$find?start=%s&end=%s&_count=2"
                .formatted(from, from.plus(Duration.ofDays(14))));
    assertThat(two.getEntry()).hasSize(2);
    assertThat(two.getTotal()).isEqualTo(all.getTotal());
    assertThat(appointments(all))
        .allSatisfy(
            each -> {
              assertThat(each.getStatus()).isEqualTo(AppointmentStatus.PROPOSED);
              assertThat(each.getParticipant())
                  .allSatisfy(one -> assertThat(one.getActor().getReference()).isNotEmpty());
            });
  }

  /** 2:3.115.4.2.3 and 2:3.116.4.2.2: pending; never found; refused to others, fatal not-found. */
  @Test
  void whatIsHeldIsPendingNeverFoundAndRefusedToOthers() {
    Appointment wanted = appointments(find()).get(0);
    Bundle answer = hold(wanted);
    assertThat(answer.getEntry()).hasSize(1);
    Appointment held = done(answer);
    assertThat(held.getStatus()).isEqualTo(AppointmentStatus.PENDING);

    assertThat(appointments(find())).noneMatch(each -> overlaps(each, held));
    refused(hold(wanted), IssueType.NOTFOUND);
    Appointment nobody = new Appointment();
    nobody.setId("free-1-1-999999");
    refused(hold(nobody), IssueType.NOTFOUND);
  }

  @Test
  void aHoldThatIsOverIsFreeAndCannotBeBooked() throws Exception {
    String patient = fhir.sendPatient("boehm-cassaundra.json");
    Appointment wanted = appointments(find()).get(0);
    Appointment held = done(hold(wanted));
    serviceClock.advance(Duration.ofMinutes(16));
    assertThat(appointments(find())).anyMatch(each -> overlaps(each, held));
    refused(book(held, patient), IssueType.NOTFOUND);
    assertThat(done(hold(wanted)).getStatus()).isEqualTo(AppointmentStatus.PENDING);
  }

  /** 2:3.117.4.2.2: one Appointment alone, or an OperationOutcome alone; modify and cancel too. */
  @Test
  void aHeldTimeIsBookedMovedAndCancelled() throws Exception {
    String patient = fhir.sendPatient("boehm-cassaundra.json");
    Appointment held = done(hold(appointments(find()).get(0)));
    refused(book(held, "nobody"), IssueType.NOTFOUND);

    Bundle answer = book(held, patient);
    assertThat(answer.getEntry()).hasSize(1);
    Appointment booked = done(answer);
    assertThat(booked.getStatus()).isEqualTo(AppointmentStatus.BOOKED);
    refused(book(held, patient), IssueType.NOTFOUND);
    assertThat(appointments(find())).noneMatch(each -> overlaps(each, booked));

    Appointment free =
        appointments(find()).stream()
            .filter(each -> each.getStart().after(new Date(booked.getEnd().getTime() + 86_400_000)))
            .findFirst()
            .orElseThrow();
    Appointment change = new Appointment();
    change.setId(booked.getIdElement().toUnqualifiedVersionless());
    change.setStatus(AppointmentStatus.BOOKED).setStart(free.getStart());
    change
        .setEnd(free.getEnd())
        .addParticipant()
        .setStatus(ParticipationStatus.ACCEPTED)
        .getActor()
        .setReference("Patient/" + patient);
    Appointment moved = done(scheduling.change(change));
    assertThat(moved.getStart()).isEqualTo(free.getStart());
    assertThat(appointments(find())).anyMatch(each -> overlaps(each, booked));
    assertThat(appointments(find())).noneMatch(each -> overlaps(each, moved));

    change.setStatus(AppointmentStatus.CANCELLED);
    Appointment cancelled = done(scheduling.change(change));
    assertThat(cancelled.getStatus()).isEqualTo(AppointmentStatus.CANCELLED);
    assertThat(appointments(find())).anyMatch(each -> overlaps(each, moved));
  }

  /** 2:3.118: existing appointments by GET and by POST, with a total. */
  @Test
  void existingAppointmentsAreSearched() throws Exception {
    String patient = fhir.sendPatient("boehm-cassaundra.json");
    book(appointments(find()).get(0), patient);
    Door scheduler = new Door(port(), "scheduler");
    Bundle got = get("Appointment?patient=" + patient + "&_total=accurate");
    assertThat(got.getTotal()).isEqualTo(1);
    Bundle posted =
        Door.parse(
            Bundle.class,
            scheduler
                .send(
                    "POST",
                    "Appointment/_search",
                    "application/x-www-form-urlencoded",
                    "patient=" + patient + "&_total=accurate")
                .body());
    assertThat(posted.getTotal()).isEqualTo(1);
  }

  /** 2:3.115.5, 2:3.116.5: the CapabilityStatement says so. */
  @Test
  void theCapabilityStatementNamesTheOperations() throws Exception {
    assertThat(new Door(port(), "scheduler").get("metadata").body())
        .contains("appointment-find", "appointment-hold", "appointment-book");
  }

  /** Slots follow sessions and bookings without being stored; they name nobody. */
  @Test
  void slotsSayWhatIsFreeAndWhatIsBusy() throws Exception {
    String patient = fhir.sendPatient("boehm-cassaundra.json");
    String schedule =
        actors.stream()
            .filter(actor -> actor.kind().equals("operator"))
            .map(actor -> new Reference(actor.reference()).getReferenceElement().getIdPart())
            .findFirst()
            .orElseThrow();
    String window =
        "Slot?schedule=Schedule/%s&start=ge%s&start=lt%s"
            .formatted(schedule, from, from.plus(Duration.ofDays(14)));
    long before = minutes(get(window + "&status=free"));
    assertThat(get(window + "&status=busy").getEntry()).isEmpty();

    Appointment booked = done(book(appointments(find()).get(0), patient));

    Bundle busy = get(window + "&status=busy");
    assertThat(busy.getEntry())
        .singleElement()
        .satisfies(
            entry -> {
              Slot slot = (Slot) entry.getResource();
              assertThat(slot.getStart()).isEqualTo(booked.getStart());
              assertThat(slot.getEnd()).isEqualTo(booked.getEnd());
              assertThat(slot.getComment()).isNull();
              assertThat(booked.getSlot())
                  .extracting(Reference::getReference)
                  .contains("Slot/" + slot.getIdElement().getIdPart());
            });
    assertThat(minutes(get(window + "&status=free"))).isEqualTo(before - 60);
    Door scheduler = new Door(port(), "scheduler");
    String id = busy.getEntryFirstRep().getResource().getIdElement().getIdPart();
    assertThat(scheduler.get("Slot/" + id).statusCode()).isEqualTo(200);
    assertThat(scheduler.get("Slot/1-2").statusCode()).isEqualTo(404);
    assertThat(scheduler.get("Slot?start=ge2030-01-01&start=lt2032-01-01").statusCode())
        .isEqualTo(400);
    assertThat(get("HealthcareService?active=true").getEntry()).hasSize(1);
  }

  private static long minutes(Bundle slots) {
    return slots.getEntry().stream()
        .map(entry -> (Slot) entry.getResource())
        .mapToLong(slot -> (slot.getEnd().getTime() - slot.getStart().getTime()) / 60_000)
        .sum();
  }

  private Bundle get(String path) throws Exception {
    return Door.parse(Bundle.class, new Door(port(), "scheduler").get(path).body());
  }

  private Bundle find() {
    return scheduling.find(from, Duration.ofDays(14));
  }

  private Bundle hold(Appointment wanted) {
    return scheduling.hold(wanted.getIdElement().getIdPart());
  }

  private Bundle book(Appointment wanted, String patient) {
    return scheduling.book(wanted.getIdElement().getIdPart(), patient);
  }

  private static Appointment done(Bundle answer) {
    Resource resource = answer.getEntryFirstRep().getResource();
    if (resource instanceof OperationOutcome refused) {
      throw new AssertionError(refused.getIssueFirstRep().getDiagnostics());
    }
    return (Appointment) resource;
  }

  private static void refused(Bundle answer, IssueType code) {
    assertThat(answer.getEntry()).hasSize(1);
    OperationOutcome outcome = (OperationOutcome) answer.getEntryFirstRep().getResource();
    assertThat(outcome.getIssueFirstRep().getSeverity()).isEqualTo(IssueSeverity.FATAL);
    assertThat(outcome.getIssueFirstRep().getDiagnostics()).contains("Nothing was changed");
    assertThat(outcome.getIssueFirstRep().getCode()).isEqualTo(code);
  }

  private static List<Appointment> appointments(Bundle bundle) {
    return bundle.getEntry().stream().map(each -> (Appointment) each.getResource()).toList();
  }

  private static boolean overlaps(Appointment one, Appointment other) {
    return one.getStart().before(other.getEnd()) && other.getStart().before(one.getEnd());
  }
}
