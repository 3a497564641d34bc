package org.carepathway.fhirfeed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.EhrServer;

/**
 * Answers one question of one patient: all pages of what an EHR has stored since the last time.
 *
 * <p>Times are the EHR's own, so it does not matter how its clock goes against ours. Each question
 * reaches back beyond the newest that was seen: what the EHR commits late, or another of its
 * machines stamps with an earlier time, is then still found. What it stores while pages are read
 * moves others from one page to another, so that some are passed over: several pages are read
 * again, until nothing comes that the next question would not find.
 */
final class Sweep {

  private static final int MOST_PAGES = 1000;
  private static final int MOST_TURNS = 5;

  private final EhrServer ehr;
  private final Duration overlap;
  private final int page;
  private final Clock clock;

  /**
   * @param overlap how far back each question reaches beyond the newest that was seen
   * @param page resources of an answer
   * @param clock of the system: a time that is later than now is a fault of the EHR's
   */
  Sweep(EhrServer ehr, Duration overlap, int page, Clock clock) {
    this.ehr = ehr;
    this.overlap = overlap;
    this.page = page;
    this.clock = clock;
  }

  /** Keeps what a page has. */
  @FunctionalInterface
  interface Keeping {

    /**
     * @return those that were not kept before
     */
    List<Found> keep(List<Found> found);
  }

  /**
   * One turn through all pages.
   *
   * @param newest that was seen; null where nothing says when it was stored
   * @param oldestFresh of what was not kept before; null where nothing was
   */
  private record Turn(int pages, Instant newest, Instant oldestFresh) {}

  /**
   * @param patient id in the EHR
   * @param cursor the newest that was seen; null for all
   * @return the newest that was seen now; the former one where what is there changes too fast to be
   *     read whole, so that the next sweep begins there again
   * @throws EhrFault where there is no answer; what was kept until then stays kept
   */
  Instant read(Question question, String patient, Instant cursor, Keeping keeping) {
    Instant begun = Instant.now(clock);
    Instant since = cursor == null ? null : cursor.minus(overlap);
    Instant newest = cursor;
    for (int i = 0; i < MOST_TURNS; i++) {
      Turn turn = turn(question, patient, since, keeping);
      newest = later(newest, turn.newest());
      Instant next = newest != null && newest.isAfter(begun) ? later(cursor, begun) : newest;
      if (turn.pages() == 1 || isSettled(turn, next)) {
        return next;
      }
    }
    return cursor;
  }

  /** Whether the next question would find all that came in this turn. */
  private boolean isSettled(Turn turn, Instant next) {
    return turn.oldestFresh() == null
        || next != null && !turn.oldestFresh().isBefore(next.minus(overlap));
  }

  private static Instant later(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }

  private Turn turn(Question question, String patient, Instant since, Keeping keeping) {
    JsonNode bundle = ehr.search(question.type(), question.parameters(patient, since, page));
    Set<String> addresses = new HashSet<>();
    Instant newest = null;
    Instant oldestFresh = null;
    for (int pages = 1; ; pages++) {
      List<Found> found = found(bundle, question, patient);
      for (Found one : found) {
        newest = later(newest, one.stored());
      }
      for (Found fresh : keeping.keep(found)) {
        Instant stored = fresh.stored() == null ? Instant.MIN : fresh.stored();
        oldestFresh = oldestFresh == null || stored.isBefore(oldestFresh) ? stored : oldestFresh;
      }
      Optional<String> next = next(bundle);
      if (next.isEmpty()) {
        return new Turn(pages, newest, oldestFresh);
      }
      if (pages == MOST_PAGES || !addresses.add(next.get())) {
        throw new EhrFault(EhrFault.Kind.REFUSED, "The pages of the answer do not end");
      }
      bundle = ehr.page(next.get());
    }
  }

  /** An error among the entries means that the answer lacks something. */
  private List<Found> found(JsonNode bundle, Question question, String patient) {
    List<Found> all = new ArrayList<>();
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      if (EhrServer.isError(resource)) {
        throw new EhrFault(
            EhrFault.Kind.REFUSED,
            "The answer has an error beside its resources" + EhrServer.said(resource));
      }
      if (resource.path("resourceType").asText().equals(question.type())) {
        all.add(
            Found.of(resource)
                .filter(one -> one.isOf(patient, ehr.base()))
                .orElseThrow(
                    () ->
                        new EhrFault(
                            EhrFault.Kind.REFUSED,
                            "The answer has a resource that is not this patient's, or has no id: nothing of this page was taken")));
      }
    }
    return all;
  }

  private static Optional<String> next(JsonNode bundle) {
    for (JsonNode link : bundle.path("link")) {
      if (link.path("relation").asText().equals("next") && link.path("url").isTextual()) {
        return Optional.of(link.path("url").asText());
      }
    }
    return Optional.empty();
  }
}
