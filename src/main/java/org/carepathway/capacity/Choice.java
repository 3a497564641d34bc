package org.carepathway.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Those of a kind that a need can be met by.
 *
 * @param free in the order in which they are taken
 */
record Choice(Need need, List<Free> free) {

  long openMinutes() {
    return free.stream()
        .flatMap(each -> each.open().entrySet().stream())
        .mapToLong(each -> Duration.between(each.getKey(), each.getValue()).toMinutes())
        .sum();
  }

  Optional<Actor> at(Instant start) {
    Instant from = start.plus(Duration.ofMinutes(need.from()));
    Period present = new Period(from, start.plus(Duration.ofMinutes(need.present())));
    Period taken = new Period(from, start.plus(Duration.ofMinutes(need.to())));
    return free.stream().filter(each -> each.at(present, taken)).map(Free::actor).findFirst();
  }
}
