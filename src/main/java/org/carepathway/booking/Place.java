package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Free;
import org.carepathway.capacity.FreeTime;

/**
 * A time of a plan as a page sends it back: {@code <pathway>_<second>_<actors>}. It is what is
 * wished; whether it is free is asked anew.
 *
 * @param actors ids
 */
public record Place(UUID pathwayId, Instant start, Set<Long> actors) {

  private static final Pattern TEXT =
      Pattern.compile("([0-9a-f-]{36})_(\\d{1,11})_(\\d{1,9}(?:\\.\\d{1,9}){0,9})");

  static Place of(UUID pathwayId, FreeTime time) {
    return new Place(
        pathwayId,
        time.start(),
        time.names().values().stream()
            .map(Actor::id)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /**
   * @throws InvalidRequestException (400) for another text
   */
  public static Place parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new InvalidRequestException(
          "A row of the plan cannot be read: ask for the plan again.");
    }
    return new Place(
        UUID.fromString(parts.group(1)),
        Instant.ofEpochSecond(Long.parseLong(parts.group(2))),
        Arrays.stream(parts.group(3).split("\\."))
            .map(Long::valueOf)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  FreeTime in(Map<String, List<Free>> free) {
    Map<String, Actor> names = new LinkedHashMap<>();
    free.forEach(
        (kind, some) ->
            some.stream()
                .map(Free::actor)
                .filter(actor -> actors.contains(actor.id()))
                .findFirst()
                .ifPresent(actor -> names.put(kind, actor)));
    return new FreeTime(start, names);
  }

  @Override
  public String toString() {
    return "%s_%d_%s"
        .formatted(
            pathwayId,
            start.getEpochSecond(),
            actors.stream().map(String::valueOf).collect(Collectors.joining(".")));
  }
}
