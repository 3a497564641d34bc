package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.carepathway.capacity.Conflict;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Reference;

/**
 * Random bookings, moves, cancellations, missed appointments, holds, leave, closures of the site
 * and changed sessions by 16 threads at once: no two overlap, nothing is left behind, each patient
 * has one time or none, each booking that stands in a leave or closure was there before it and
 * named when it was entered, and each of them has one task to re-plan. {@code -Dguard.seconds=60}
 * lets each try go on for a minute.
 */
@Tag("rehearsal")
class GuardPropertyTest {

  private static final int THREADS = 16;
  private static final int PATIENTS = 48;
  private static final int ROOMS = 4;
  private static final int DAYS = 4;
  private static final int SLOTS = 10;
  private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("guard.seconds", 2));
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Instant START = Instant.parse("2032-03-01T08:00:00Z");

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void nothingOverlapsAndNothingIsLeftBehind(@ForAll long seed) throws Exception {
    Rehearsal stage = Rehearsal.open();
    String world = " " + UUID.randomUUID();
    Map<Integer, String> booked = new ConcurrentHashMap<>();
    Leaves leaves = Leaves.setUp(stage, world, names("Room ", world), names("Dr ", world));
    Replanned replanned = Replanned.of(stage, world);
    ExecutorService people = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Integer>> done = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        done.add(
            people.submit(
                () ->
                    act(
                        stage,
                        world,
                        booked,
                        leaves,
                        replanned,
                        new Random(seed + thread),
                        thread)));
      }
      int changes = 0;
      for (Future<Integer> each : done) {
        changes += each.get();
      }
      assertThat(changes).as("bookings that were taken").isGreaterThan(THREADS);
      System.out.printf(
          "guard: %d bookings, %d leaves, %d closures, %d sessions taken away; %d times booked in one of them, %d at the end; %d tasks to re-plan%n",
          changes,
          leaves.leaves().get(),
          leaves.closures().get(),
          leaves.sessions().get(),
          leaves.named().size(),
          leaves.standingIn().size(),
          replanned.made().get());
    } finally {
      people.shutdownNow();
    }
    try {
      assertThat(booked).as("patients with a time").isNotEmpty();
      assertThat(leaves.leaves().get()).as("leaves").isPositive();
      assertThat(leaves.closures().get()).as("closures").isPositive();
      assertThat(leaves.sessions().get()).as("sessions that were taken away").isPositive();
      List<String> standing = leaves.standingIn();
      assertThat(leaves.named()).as("booked before, and named").containsAll(standing);
      while (replanned.look() > 0) {
        // What was noted last is told.
      }
      assertThat(replanned.tasks().values())
          .as("one task for each booking that cannot stand, and no other")
          .containsExactlyInAnyOrderElementsOf(
              standing.stream()
                  .map(each -> each.substring(each.indexOf('/') + 1))
                  .distinct()
                  .toList());
      assertThat(replanned.twice()).as("asked twice").isEmpty();
    } finally {
      leaves.takeOutOfUse();
    }
    assertThat(overlaps(stage, world)).isZero();
    assertThat(
            stage.jdbc.queryForList(
                """
                select distinct c.appointment from capacity_claim c
                join capacity_actor a on a.id = c.actor where a.name like ? and c.state = 'booked'
                """,
                String.class,
                "%" + world))
        .as("what is taken is what patients have")
        .containsExactlyInAnyOrderElementsOf(booked.values());
    assertThat(
            stage.jdbc.queryForList(
                """
                select count(*) from capacity_claim c join capacity_actor a on a.id = c.actor
                where a.name like ? and c.state = 'booked' group by c.appointment
                """,
                Integer.class,
                "%" + world))
        .as("room and operator together")
        .allMatch(count -> count == 2);
  }

  /**
   * A thread has patients of its own, and one leave, closure or change of a session at a time: a
   * patient does one thing at a time.
   */
  private static int act(
      Rehearsal stage,
      String world,
      Map<Integer, String> booked,
      Leaves leaves,
      Replanned replanned,
      Random random,
      int thread) {
    Instant end = Instant.now().plus(LONG);
    Instant latest = end.plus(PATIENCE);
    int taken = 0;
    Runnable back = null;
    // On a busy machine not each kind of change may have come up yet.
    while (Instant.now().isBefore(end) || !leaves.hadEachKind() && Instant.now().isBefore(latest)) {
      int patient = thread + THREADS * random.nextInt(PATIENTS / THREADS);
      String has = booked.get(patient);
      String referral = referral(world, patient);
      if (random.nextInt(20) == 0) {
        if (back == null) {
          back = change(stage, leaves, random, thread);
        } else {
          back.run();
          back = null;
        }
      } else if (random.nextInt(10) == 0) {
        replanned.look();
      } else if (has != null && random.nextInt(3) == 0) {
        replanned.locked(
            referral,
            () -> {
              stage.transaction.executeWithoutResult(status -> stage.bookings.free(has));
              replanned.ended(referral);
              return null;
            });
        booked.remove(patient);
      } else {
        Appointment wanted = appointment(world, patient, random);
        if (random.nextInt(5) == 0) {
          hold(stage, wanted.setBasedOn(List.of()));
        } else if (booked(stage, wanted, replanned, referral)) {
          booked.put(patient, wanted.getIdElement().getIdPart());
          taken++;
        }
      }
    }
    return taken;
  }

  private static boolean booked(
      Rehearsal stage, Appointment wanted, Replanned replanned, String referral) {
    return replanned.locked(
        referral,
        () -> {
          boolean booked = book(stage, wanted);
          if (booked) {
            replanned.ended(referral);
          }
          return booked;
        });
  }

  /** Each day is closed by one thread only: the others meet it. */
  private static Runnable change(Rehearsal stage, Leaves leaves, Random random, int thread) {
    Instant start = start(random);
    LocalDate day = LocalDate.ofInstant(start, stage.clock.getZone());
    return switch (random.nextInt(3)) {
      case 0 -> leaves.takeSession(day.getDayOfWeek(), random);
      case 1 ->
          thread < DAYS
              ? leaves.close(LocalDate.ofInstant(START, stage.clock.getZone()).plusDays(thread))
              : leaves.enter(start, random);
      default -> leaves.enter(start, random);
    };
  }

  private static String referral(String world, int patient) {
    return "p" + patient + world.strip();
  }

  private static Instant start(Random random) {
    return START
        .plus(Duration.ofDays(random.nextInt(DAYS)))
        .plus(Duration.ofMinutes(30L * random.nextInt(SLOTS)));
  }

  private static List<String> names(String kind, String world) {
    return IntStream.range(0, ROOMS).mapToObj(number -> kind + number + world).toList();
  }

  private static boolean book(Rehearsal stage, Appointment wanted) {
    return Boolean.TRUE.equals(
        stage.transaction.execute(
            status -> {
              List<Conflict> conflicts = stage.bookings.book(wanted);
              if (!conflicts.isEmpty()) {
                status.setRollbackOnly();
              }
              return conflicts.isEmpty();
            }));
  }

  /** For an instant only: whoever wants the time next takes it away. */
  private static void hold(Rehearsal stage, Appointment wanted) {
    stage.transaction.executeWithoutResult(
        status -> {
          if (!stage.bookings.hold(wanted, stage.clock.instant().plusMillis(5)).isEmpty()) {
            status.setRollbackOnly();
          }
        });
  }

  private static Appointment appointment(String world, int patient, Random random) {
    Instant start = start(random);
    Appointment appointment = new Appointment();
    appointment.setId(UUID.randomUUID().toString());
    appointment.setStatus(AppointmentStatus.BOOKED);
    appointment.setStart(Date.from(start));
    appointment.setEnd(Date.from(start.plus(Duration.ofMinutes(30L * (1 + random.nextInt(3))))));
    appointment.addBasedOn().setReference("ServiceRequest/" + referral(world, patient));
    participant(appointment, "room", "Room " + random.nextInt(ROOMS) + world);
    participant(appointment, "operator", "Dr " + random.nextInt(ROOMS) + world);
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

  private static int overlaps(Rehearsal stage, String world) {
    return stage.jdbc.queryForObject(
        """
        select count(*) from capacity_claim c join capacity_claim o
          on o.actor = c.actor and o.id > c.id and o.during && c.during
        join capacity_actor a on a.id = c.actor where a.name like ?
        """,
        Integer.class,
        "%" + world);
  }
}
