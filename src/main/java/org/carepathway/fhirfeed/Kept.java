package org.carepathway.fhirfeed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.Received;
import org.springframework.stereotype.Component;

/** Puts into the inbox what EHRs have sent, each version once. */
@Component
class Kept {

  private final Inbox inbox;

  Kept(Inbox inbox) {
    this.inbox = inbox;
  }

  /**
   * When it was so is left to when it came: it is what the EHR says is so now, and clocks of its
   * machines may differ.
   *
   * @param lane the patient's number, {@code system|value}
   * @return those that were not kept before
   */
  List<Found> keep(String feed, String lane, List<Found> found) {
    return keep(feed, lane, found, UnaryOperator.identity());
  }

  /**
   * @param completed what is done with those that are new
   */
  List<Found> keep(String feed, String lane, List<Found> found, UnaryOperator<Found> completed) {
    Set<String> known =
        new HashSet<>(
            found.isEmpty()
                ? Set.of()
                : inbox.known(
                    feed, found.stream().map(Found::messageId).collect(Collectors.toSet())));
    List<Found> fresh = new ArrayList<>();
    for (Found one : found) {
      if (known.add(one.messageId())) {
        inbox.keep(
            new Received(
                feed,
                one.messageId(),
                FhirHandler.FORMAT,
                one.type(),
                lane,
                null,
                null,
                completed.apply(one).content()));
        fresh.add(one);
      }
    }
    return fresh;
  }
}
