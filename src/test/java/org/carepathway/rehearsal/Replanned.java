package org.carepathway.rehearsal;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The tasks to re-plan of the patients of a random walk, made as pathways are told: one for each
 * booking that cannot stand. A patient's lock stands for the row of their pathway.
 *
 * @param tasks referral to the appointment that is to be moved
 * @param made how many tasks there were
 * @param twice referrals that were told of the same booking while its task was open
 */
record Replanned(
    Rehearsal stage,
    String world,
    Map<String, Lock> locks,
    Map<String, String> tasks,
    AtomicInteger made,
    Set<String> twice) {

  static Replanned of(Rehearsal stage, String world) {
    return new Replanned(
        stage,
        world,
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>(),
        new AtomicInteger(),
        ConcurrentHashMap.newKeySet());
  }

  /** Something that is done about a referral's booking, while nobody looks at it. */
  <T> T locked(String referral, Supplier<T> action) {
    Lock lock = locks.computeIfAbsent(referral, id -> new ReentrantLock());
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** The appointment has ended, and its task with it. */
  void ended(String referral) {
    tasks.remove(referral);
  }

  /**
   * Tells of all that was noted.
   *
   * @return how many
   */
  int look() {
    Set<String> due = new HashSet<>(stage.obstacles.due());
    due.removeIf(referral -> !referral.endsWith(world.strip()));
    due.forEach(referral -> locked(referral, () -> look(referral)));
    return due.size();
  }

  private Void look(String referral) {
    Optional<?>[] found = {Optional.empty()};
    String[] told = {""};
    stage.transaction.executeWithoutResult(
        status ->
            stage.obstacles.look(
                referral,
                (before, obstacle) -> {
                  told[0] = before;
                  found[0] = Optional.ofNullable(obstacle).map(each -> each.appointment());
                  return obstacle == null ? "" : obstacle.appointment();
                }));
    if (found[0].isEmpty()) {
      tasks.remove(referral);
    } else if (!found[0].get().equals(told[0])) {
      String appointment = (String) found[0].get();
      made.incrementAndGet();
      if (appointment.equals(tasks.put(referral, appointment))) {
        twice.add(referral);
      }
    }
    return null;
  }
}
