package org.carepathway.rehearsal;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.carepathway.capacity.Capacity.Hit;
import org.carepathway.capacity.Period;

/**
 * Leave of rooms and people of one random walk, entered and taken back by all of its threads.
 *
 * @param named appointments that were named when a leave was entered
 * @param count how many leaves were entered
 */
record Leaves(
    Rehearsal stage, String world, List<Long> actors, Set<String> named, AtomicInteger count) {

  /** All are at work for the whole of the day. */
  static Leaves setUp(Rehearsal stage, String world, List<String> rooms, List<String> operators) {
    List<Long> actors = new ArrayList<>();
    rooms.forEach(name -> actors.add(setUp(stage, "room", name)));
    operators.forEach(name -> actors.add(setUp(stage, "operator", name)));
    return new Leaves(stage, world, actors, ConcurrentHashMap.newKeySet(), new AtomicInteger());
  }

  private static long setUp(Rehearsal stage, String kind, String name) {
    long actor = stage.capacity.setUp(kind, name).id();
    for (DayOfWeek day : DayOfWeek.values()) {
      stage.capacity.addSession(
          actor, day, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, LocalDate.now(stage.clock), null);
    }
    return actor;
  }

  int entered() {
    return count.get();
  }

  /**
   * Somebody goes on leave for an hour.
   *
   * @return by which it is taken back
   */
  String enter(Instant begin, Random random) {
    String reason = "Leave " + UUID.randomUUID();
    List<Hit> hits =
        stage.capacity.addException(
            actors.get(random.nextInt(actors.size())),
            new Period(begin, begin.plus(Duration.ofHours(1))),
            false,
            reason,
            "Test");
    hits.forEach(hit -> named.add(hit.appointment()));
    count.incrementAndGet();
    return reason;
  }

  void takeBack(String reason) {
    stage
        .jdbc
        .query(
            "select actor, id from capacity_exception where reason = ?",
            (row, number) -> new Object[] {row.getLong(1), row.getObject(2, UUID.class)},
            reason)
        .forEach(each -> stage.capacity.removeException((Long) each[0], (UUID) each[1]));
  }

  /** Appointments that are booked in a leave that holds. */
  List<String> standingIn() {
    return stage.jdbc.queryForList(
        """
        select distinct c.appointment from capacity_claim c
        join capacity_actor a on a.id = c.actor
        join capacity_exception e on e.actor = c.actor and e.during && c.during and not e.opens
        where a.name like ? and c.state = 'booked'
        """,
        String.class,
        "%" + world);
  }

  void takeOutOfUse() {
    actors.forEach(stage.capacity::retire);
  }
}
