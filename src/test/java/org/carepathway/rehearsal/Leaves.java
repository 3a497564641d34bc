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
import org.carepathway.calendar.Closure;
import org.carepathway.capacity.Capacity.Hit;
import org.carepathway.capacity.Period;

/**
 * Leave of rooms and people, closures of the site and sessions of one random walk, entered and
 * taken back by all of its threads.
 *
 * @param named reason and appointment that were named when a leave or closure was entered
 * @param leaves how many leaves were entered
 * @param closures how many times the site was closed for a day
 * @param sessions how many sessions were taken away
 */
record Leaves(
    Rehearsal stage,
    String world,
    List<Long> actors,
    Set<String> named,
    AtomicInteger leaves,
    AtomicInteger closures,
    AtomicInteger sessions) {

  /** All are at work for the whole of each day. */
  static Leaves setUp(Rehearsal stage, String world, List<String> rooms, List<String> operators) {
    List<Long> actors = new ArrayList<>();
    rooms.forEach(name -> actors.add(setUp(stage, "room", name)));
    operators.forEach(name -> actors.add(setUp(stage, "operator", name)));
    return new Leaves(
        stage,
        world,
        actors,
        ConcurrentHashMap.newKeySet(),
        new AtomicInteger(),
        new AtomicInteger(),
        new AtomicInteger());
  }

  private static long setUp(Rehearsal stage, String kind, String name) {
    long actor = stage.capacity.setUp(kind, name).id();
    for (DayOfWeek day : DayOfWeek.values()) {
      addSession(stage, actor, day);
    }
    return actor;
  }

  private static void addSession(Rehearsal stage, long actor, DayOfWeek day) {
    stage.capacity.addSession(
        actor, day, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, LocalDate.now(stage.clock), null);
  }

  /**
   * Somebody goes on leave for an hour.
   *
   * @return by which it is taken back
   */
  Runnable enter(Instant begin, Random random) {
    String reason = "Leave " + UUID.randomUUID() + world;
    List<Hit> hits =
        stage.capacity.addException(
            somebody(random),
            new Period(begin, begin.plus(Duration.ofHours(1))),
            false,
            reason,
            "Test");
    note(reason, hits);
    leaves.incrementAndGet();
    return () -> takeBack(reason);
  }

  /**
   * The site closes on a day.
   *
   * @return by which it is opened again
   */
  Runnable close(LocalDate day) {
    String reason = "Closed " + UUID.randomUUID() + world;
    UUID id =
        stage.transaction.execute(
            status -> {
              Closure closure = stage.closures.add(day, day, reason, "Test");
              note(reason, stage.obstacles.site(day, day));
              return closure.id();
            });
    closures.incrementAndGet();
    return () ->
        stage.transaction.executeWithoutResult(
            status -> {
              stage.closures.remove(id);
              stage.obstacles.site(day, day);
            });
  }

  /**
   * Somebody works no more on a day of the week.
   *
   * @return by which they do again
   */
  Runnable takeSession(DayOfWeek day, Random random) {
    long actor = somebody(random);
    int gone =
        stage
            .jdbc
            .queryForList(
                "select id from capacity_session where actor = ? and weekday = ?",
                UUID.class,
                actor,
                day.getValue())
            .stream()
            .peek(session -> stage.capacity.removeSession(actor, session))
            .toList()
            .size();
    sessions.addAndGet(gone);
    return () -> {
      if (gone > 0) {
        addSession(stage, actor, day);
      }
    };
  }

  private long somebody(Random random) {
    return actors.get(random.nextInt(actors.size()));
  }

  private void note(String reason, List<Hit> hits) {
    hits.forEach(hit -> named.add(reason + '/' + hit.appointment()));
  }

  private void takeBack(String reason) {
    stage
        .jdbc
        .query(
            "select actor, id from capacity_exception where reason = ?",
            (row, number) -> new Object[] {row.getLong(1), row.getObject(2, UUID.class)},
            reason)
        .forEach(each -> stage.capacity.removeException((Long) each[0], (UUID) each[1]));
  }

  /** Reason and appointment of all that is booked in a leave or closure that holds. */
  List<String> standingIn() {
    return stage.jdbc.queryForList(
        """
        select distinct why.reason || '/' || c.appointment from capacity_claim c
        join capacity_actor a on a.id = c.actor
        join (
          select actor, during, reason from capacity_exception where not opens
          union all
          select null, tstzrange(first_day::timestamp at time zone ?,
            (last_day + 1)::timestamp at time zone ?), reason from site_closure
        ) why on (why.actor is null or why.actor = c.actor) and why.during && c.during
        where a.name like ? and c.state = 'booked'
        """,
        String.class,
        stage.clock.getZone().getId(),
        stage.clock.getZone().getId(),
        "%" + world);
  }

  /** Whether people were away, the site was closed and sessions were taken away. */
  boolean hadEachKind() {
    return leaves.get() > 0 && closures.get() > 0 && sessions.get() > 0;
  }

  /** What is left ends, so that later tests find neither a closure nor people of this one. */
  void takeOutOfUse() {
    stage.jdbc.update("delete from site_closure where reason like ?", "%" + world);
    actors.forEach(stage.capacity::retire);
  }
}
