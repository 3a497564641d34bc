package org.carepathway.fhirfeed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.carepathway.ehr.EhrServer;
import org.carepathway.ehr.EhrServers;
import org.carepathway.fhirfeed.LinkRows.Link;
import org.carepathway.fhirfeed.Notification.Event;
import org.carepathway.incoming.SentRecord;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes what an EHR tells: what it brings is kept, what it only names is noted to be read, and
 * where numbers are left out all is asked for. Only then it is answered.
 */
@Component
class Notifications {

  private final EhrServers servers;
  private final SubscriptionRows rows;
  private final LinkRows links;
  private final Kept kept;
  private final Poller poller;
  private final TransactionTemplate transaction;

  Notifications(
      EhrServers servers,
      SubscriptionRows rows,
      LinkRows links,
      Kept kept,
      Poller poller,
      TransactionTemplate transaction) {
    this.servers = servers;
    this.rows = rows;
    this.links = links;
    this.kept = kept;
    this.poller = poller;
    this.transaction = transaction;
  }

  /**
   * @return false where it is of no subscription of ours
   */
  boolean take(String feed, Notification told) {
    String subscription = servers.server(feed).relative(told.subscription());
    if (!servers.settings(feed).notifications().subscriptions().contains(subscription)) {
      return false;
    }
    boolean asked =
        Boolean.TRUE.equals(transaction.execute(status -> take(feed, subscription, told)));
    if (asked) {
      poller.wake(feed);
    }
    return true;
  }

  /** Whether the EHR is to be asked now. */
  private boolean take(String feed, String subscription, Notification told) {
    long before = rows.lock(feed, subscription);
    boolean gap = isGap(before, told);
    Long last = told.last();
    boolean anew = isAnew(before, told);
    long events = last == null ? before : anew ? last : Math.max(before, last);
    rows.heard(feed, subscription, told.status(), events, gap);
    told.events().forEach(event -> take(feed, event, told.resources()));
    return gap || !told.events().isEmpty() || !told.status().equals("active");
  }

  /** It counts from the beginning again. */
  private static boolean isAnew(long before, Notification told) {
    return !told.type().equals("event-notification") && told.last() != null && told.last() < before;
  }

  private static boolean isGap(long before, Notification told) {
    if (told.last() == null) {
      return told.events().stream().anyMatch(event -> event.focus().isEmpty());
    }
    List<Long> numbers =
        told.events().stream()
            .map(Event::number)
            .filter(number -> number != null)
            .sorted()
            .toList();
    long next = before;
    for (long number : numbers) {
      if (number > next + 1) {
        return true;
      }
      next = Math.max(next, number);
    }
    long counted = numbers.isEmpty() ? before + told.events().size() : next;
    return told.last() > counted || isAnew(before, told);
  }

  private void take(String feed, Event event, List<JsonNode> resources) {
    EhrServer ehr = servers.server(feed);
    String[] parts = ehr.relative(event.focus()).split("/");
    if (parts.length < 2
        || !parts[1].matches("[A-Za-z0-9.-]{1,64}")
        || !parts[0].equals("Patient") && !SentRecord.types().contains(parts[0])) {
      return;
    }
    String reference = parts[0] + '/' + parts[1];
    Optional<Found> sent =
        resources.stream()
            .flatMap(resource -> Found.of(resource).stream())
            .filter(found -> reference.equals(found.type() + '/' + found.id()))
            .filter(found -> !found.resource().has("medicationReference"))
            .findFirst();
    Optional<Link> link = sent.flatMap(found -> links.ofSubject(feed, ehr, found));
    if (link.isPresent()) {
      kept.keep(feed, link.get().lane(), List.of(sent.get()));
    } else {
      rows.want(feed, reference);
    }
  }
}
