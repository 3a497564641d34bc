package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carepathway.capacity.Conflict;
import org.carepathway.capacity.Conflict.Reason;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing is booked twice, on PostgreSQL, whoever tries at once. */
@Tag("rehearsal")
class GuardTest {

  private static final Instant START = Instant.parse("2031-03-03T09:00:00Z");
  private static Rehearsal stage;

  private final String own = " " + UUID.randomUUID();

  @BeforeAll
  static void open() throws IOException {
    stage = Rehearsal.open();
  }

  @Test
  void ofTwoHundredWhoBookTheSameTimeOneSucceeds() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(200);
    CountDownLatch go = new CountDownLatch(1);
    try {
      List<Future<List<Conflict>>> told = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Callable<List<Conflict>> client =
            () -> {
              go.await();
              return book(appointment(START));
            };
        told.add(clients.submit(client));
      }
      go.countDown();
      List<List<Conflict>> answers = new ArrayList<>();
      for (Future<List<Conflict>> each : told) {
        answers.add(each.get());
      }
      assertThat(answers).filteredOn(List::isEmpty).hasSize(1);
      assertThat(answers)
          .filteredOn(conflicts -> !conflicts.isEmpty())
          .hasSize(199)
          .allSatisfy(
              conflicts ->
                  assertThat(conflicts)
                      .allSatisfy(
                          each -> {
                            assertThat(each.reason()).isEqualTo(Reason.TAKEN);
                            assertThat(each.name()).endsWith(own);
                            assertThat(each.during().from()).isEqualTo(START);
                          }));
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void ofRoomAndOperatorNothingIsTakenWhenOneIsNotFree() {
    Appointment first = appointment(START);
    first.getParticipant().remove(1);
    assertThat(book(first)).isEmpty();

    Appointment both = appointment(START.plus(Duration.ofMinutes(30)));
    assertThat(book(both)).extracting(Conflict::kind).containsExactly("room");

    Appointment operator = appointment(START.plus(Duration.ofMinutes(30)));
    operator.getParticipant().remove(0);
    assertThat(book(operator)).as("the operator was left free").isEmpty();
  }

  @Test
  void timesThatTouchAreFree() {
    assertThat(book(appointment(START))).isEmpty();
    assertThat(book(appointment(START.plus(Duration.ofHours(1))))).isEmpty();
    assertThat(book(appointment(START.plus(Duration.ofHours(1)).plusSeconds(60)))).isNotEmpty();
  }

  @Test
  void whatIsFreedCanBeBookedAtOnce() {
    Appointment first = appointment(START);
    assertThat(book(first)).isEmpty();
    stage.transaction.executeWithoutResult(
        status -> stage.bookings.free(first.getIdElement().getIdPart()));
    assertThat(book(appointment(START))).isEmpty();
  }

  @Test
  void aHoldEndsAtItsInstantWithoutAJob() {
    Instant now = stage.clock.instant();
    Appointment held = appointment(START);
    hold(held, now.plus(Duration.ofMinutes(5)));
    assertThat(book(appointment(START))).isNotEmpty();

    Appointment over = appointment(START.plus(Duration.ofDays(1)));
    hold(over, now.minusMillis(1));
    assertThat(book(appointment(START.plus(Duration.ofDays(1))))).isEmpty();
    assertThat(stage.bookings.isHeld(over.getIdElement().getIdPart())).isFalse();
  }

  @Test
  void aPatientWhoIsBookedAgainLeavesTheFirstTime() {
    Appointment first = appointment(START);
    first.addBasedOn().setReference("ServiceRequest/r" + own.strip());
    assertThat(book(first)).isEmpty();
    Appointment moved = appointment(START.plus(Duration.ofMinutes(30)));
    moved.addBasedOn().setReference("ServiceRequest/r" + own.strip());
    assertThat(book(moved)).isEmpty();
    assertThat(book(appointment(START.minus(Duration.ofMinutes(30))))).isEmpty();
  }

  private Appointment appointment(Instant start) {
    Appointment appointment = new Appointment();
    appointment.setId(UUID.randomUUID().toString());
    appointment.setStatus(AppointmentStatus.BOOKED);
    appointment.setStart(Date.from(start)).setEnd(Date.from(start.plus(Duration.ofHours(1))));
    participant(appointment, "room", "Angio" + own);
    participant(appointment, "operator", "Dr Example" + own);
    return appointment;
  }

  private static void participant(Appointment appointment, String kind, String name) {
    appointment
        .addParticipant()
        .setActor(new Reference().setDisplay(name))
        .addType()
        .addCoding()
        .setSystem("https://carepathway.org/fhir/CodeSystem/booked-as")
        .setCode(kind);
  }

  /** As a form does it: what is refused leaves nothing. */
  private static List<Conflict> book(Appointment appointment) {
    return stage.transaction.execute(
        status -> {
          List<Conflict> conflicts = stage.bookings.book(appointment);
          if (!conflicts.isEmpty()) {
            status.setRollbackOnly();
          }
          return conflicts;
        });
  }

  private static void hold(Appointment appointment, Instant expires) {
    List<Conflict> conflicts =
        stage.transaction.execute(status -> stage.bookings.hold(appointment, expires));
    assertThat(conflicts).isEmpty();
  }
}
