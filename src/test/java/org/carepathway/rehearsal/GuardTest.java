package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.carepathway.capacity.Capacity.Hit;
import org.carepathway.capacity.Conflict;
import org.carepathway.capacity.Conflict.Reason;
import org.carepathway.capacity.Period;
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

  /** Once rooms are set up, a name that is none of theirs is told: nothing would be guarded. */
  @Test
  void aNameThatIsNobodysIsTold() {
    long room = stage.capacity.setUp("room", "Set up" + own).id();
    try {
      assertThat(bookIn(stage, "room", "Nobody's" + own, START))
          .extracting(Conflict::reason)
          .containsExactly(Conflict.Reason.UNKNOWN);
    } finally {
      stage.capacity.retire(room);
    }
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

  /** Two patients change places, each in one transaction: one is refused, nobody waits for ever. */
  @Test
  void whoFreesOneTimeAndTakesAnotherNeverWaitsForEachOther() throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 5; round++) {
        Instant one = START.plus(Duration.ofDays(30 + round));
        Appointment first = room("Left" + own, one);
        Appointment second = room("Right" + own, one);
        assertThat(book(first)).isEmpty();
        assertThat(book(second)).isEmpty();
        CyclicBarrier freed = new CyclicBarrier(2);
        Future<Boolean> left = both.submit(() -> swap(first, room("Right" + own, one), freed));
        Future<Boolean> right = both.submit(() -> swap(second, room("Left" + own, one), freed));
        assertThat(List.of(left.get(), right.get())).contains(false);
      }
    } finally {
      both.shutdownNow();
    }
  }

  /** Frees a time, waits a moment for the other one to do so, and takes the other's. */
  private static boolean swap(Appointment from, Appointment to, CyclicBarrier freed) {
    return stage.transaction.execute(
        status -> {
          stage.bookings.free(from.getIdElement().getIdPart());
          try {
            freed.await(300, TimeUnit.MILLISECONDS);
          } catch (TimeoutException | BrokenBarrierException alone) {
            assertThat(alone).isNotNull();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          boolean taken = stage.bookings.book(to).isEmpty();
          if (!taken) {
            status.setRollbackOnly();
          }
          return taken;
        });
  }

  /** However the two meet: the booking is refused, or the leave names it. */
  @Test
  void aLeaveAndABookingAtTheSameInstantNeverMissEachOther() throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        String name = "Race " + UUID.randomUUID();
        Instant start = stage.clock.instant().plusSeconds(864_000);
        long actor = stage.transaction.execute(s -> stage.capacity.setUp("room", name)).id();
        CountDownLatch go = new CountDownLatch(1);
        Future<Boolean> booked =
            both.submit(
                () -> {
                  go.await();
                  return book(room(name, start)).stream()
                      .allMatch(conflict -> conflict.canBeConfirmed());
                });
        Future<List<Hit>> hit =
            both.submit(
                () -> {
                  go.await();
                  return stage.transaction.execute(
                      s ->
                          stage.capacity.addException(
                              actor,
                              new Period(start, start.plusSeconds(60)),
                              false,
                              "Race",
                              "Test"));
                });
        go.countDown();
        assertThat(hit.get()).hasSize(booked.get() ? 1 : 0);
        stage.transaction.executeWithoutResult(s -> stage.capacity.retire(actor));
      }
    } finally {
      both.shutdownNow();
    }
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

  /** An appointment that takes one room for an hour. */
  static Appointment room(String name, Instant start) {
    Appointment appointment = new Appointment();
    appointment.setId(UUID.randomUUID().toString());
    appointment.setStatus(AppointmentStatus.BOOKED);
    appointment.setStart(Date.from(start)).setEnd(Date.from(start.plus(Duration.ofHours(1))));
    participant(appointment, "room", name);
    return appointment;
  }

  /** Takes one of a kind for an hour. */
  static List<Conflict> bookIn(Rehearsal stage, String kind, String name, Instant start) {
    Appointment appointment = room(name, start);
    appointment.getParticipantFirstRep().getTypeFirstRep().getCodingFirstRep().setCode(kind);
    return stage.transaction.execute(status -> stage.bookings.book(appointment));
  }

  /** As a form does it: what is refused leaves nothing. */
  static List<Conflict> book(Appointment appointment) {
    return stage.transaction.execute(
        status -> {
          List<Conflict> conflicts = stage.bookings.book(appointment);
          if (!conflicts.stream().allMatch(Conflict::canBeConfirmed)) {
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
