package org.carepathway.subscription;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.carepathway.subscription.Notification.Type;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives one subscription its turn: numbers what has happened, and tells of it. */
@Component
class Notifier {

  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final int NUMBERED_AT_ONCE = 200;

  private final SubscriptionTurns turns;
  private final EventRows events;
  private final InSight sight;
  private final WantedReading wanted;
  private final KeptBody bodies;
  private final Endpoint endpoint;
  private final SubscriberSettings settings;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher publisher;
  private final FhirContext fhirContext;
  private final Clock clock;

  Notifier(
      SubscriptionTurns turns,
      EventRows events,
      InSight sight,
      WantedReading wanted,
      KeptBody bodies,
      Endpoint endpoint,
      SubscriberSettings settings,
      TransactionTemplate transaction,
      ApplicationEventPublisher publisher,
      FhirContext fhirContext,
      Clock clock) {
    this.turns = turns;
    this.events = events;
    this.sight = sight;
    this.wanted = wanted;
    this.bodies = bodies;
    this.endpoint = endpoint;
    this.settings = settings;
    this.transaction = transaction;
    this.publisher = publisher;
    this.fhirContext = fhirContext;
    this.clock = clock;
  }

  /**
   * @return whether there was one whose turn it was
   */
  boolean next() {
    Optional<Kept> kept = transaction.execute(status -> turns.take());
    kept.ifPresent(this::turn);
    return kept.isPresent();
  }

  private void turn(Kept kept) {
    if (kept.endsAt() != null && !kept.endsAt().isAfter(clock.instant())) {
      turns.end(kept);
      return;
    }
    if (kept.status() == SubscriptionStatus.REQUESTED) {
      Optional<Channel> channel = channel(kept);
      channel.ifPresent(to -> handshake(kept, to));
      return;
    }
    long last = number(kept);
    if (kept.status() == SubscriptionStatus.ERROR) {
      events.missed(kept.id());
      turns.rest(kept);
    } else {
      channel(kept).ifPresent(to -> tell(kept, to, last));
    }
  }

  /** Of what was allowed once and is not any more nothing is sent. */
  private Optional<Channel> channel(Kept kept) {
    if (!sight.isKnown(kept)) {
      error(kept, "Whoever has it is not known any more, or did not call for too long");
      return Optional.empty();
    }
    try {
      return Optional.of(wanted.channel(whole(kept).getChannel()));
    } catch (BaseServerResponseException refused) {
      error(kept, refused.getMessage());
      return Optional.empty();
    }
  }

  private Subscription whole(Kept kept) {
    return bodies
        .whole(kept)
        .orElseThrow(
            () ->
                WantedReading.refused(
                    "channel.header",
                    "It was kept with a key that is not in the settings any more: send it again"));
  }

  private void handshake(Kept kept, Channel channel) {
    Notification handshake =
        new Notification(
            kept, SubscriptionStatus.REQUESTED, Type.HANDSHAKE, kept.events(), channel.content());
    Endpoint.Answer answer =
        endpoint.post(
            channel, text(channel, handshake.bundle(List.of(), Map.of(), clock.instant())));
    if (answer.taken()) {
      turns.told(kept);
    } else {
      error(kept, answer.said());
    }
  }

  private long number(Kept kept) {
    List<Event> found = events.unnumbered(kept.id(), NUMBERED_AT_ONCE);
    if (found.isEmpty()) {
      return kept.events();
    }
    Set<String> seen = sight.of(kept, found).keySet();
    List<Event> told = found.stream().filter(event -> seen.contains(event.focus())).toList();
    List<Event> others = new ArrayList<>(found);
    others.removeAll(told);
    Boolean done =
        transaction.execute(
            status -> {
              boolean mine = turns.isMine(kept);
              if (mine) {
                events.number(kept.id(), told, others);
              }
              return mine;
            });
    return Boolean.TRUE.equals(done) ? kept.events() + told.size() : kept.events();
  }

  private void tell(Kept kept, Channel channel, long last) {
    List<Event> waiting = events.waiting(kept.id(), channel.most());
    if (waiting.isEmpty() && !kept.isHeartbeatDue()) {
      turns.rest(kept);
      return;
    }
    Map<String, Resource> seen = sight.of(kept, waiting);
    Notification notification =
        new Notification(
            kept,
            SubscriptionStatus.ACTIVE,
            waiting.isEmpty() ? Type.HEARTBEAT : Type.EVENT,
            waiting.isEmpty() ? last : waiting.get(waiting.size() - 1).number(),
            channel.content());
    Endpoint.Answer answer =
        endpoint.post(channel, text(channel, notification.bundle(waiting, seen, clock.instant())));
    if (answer.taken()) {
      transaction.executeWithoutResult(status -> taken(kept, channel, waiting, seen));
    } else if (answer.gone()) {
      error(kept, answer.said());
    } else {
      failed(kept, answer.said());
    }
  }

  private void taken(Kept kept, Channel channel, List<Event> waiting, Map<String, Resource> seen) {
    if (turns.told(kept) && !waiting.isEmpty()) {
      events.sent(kept.id(), waiting.get(0).number(), waiting.get(waiting.size() - 1).number());
    }
    if (channel.content() != PayloadContent.EMPTY && !seen.isEmpty()) {
      Set<String> patients = new TreeSet<>();
      seen.values().forEach(resource -> patients.addAll(sight.patients(resource)));
      publisher.publishEvent(
          new NotificationSent(
              kept.id(), kept.owner().name(), kept.owner().display(), patients, seen.keySet()));
    }
  }

  private void failed(Kept kept, String said) {
    Duration grown = settings.pause().multipliedBy(1L << Math.min(kept.failures(), 10));
    Duration pause = grown.compareTo(settings.longest()) > 0 ? settings.longest() : grown;
    if (turns.failed(kept, said, pause, settings.giveUp())) {
      inError(kept, said);
    }
  }

  private void error(Kept kept, String said) {
    if (turns.failed(kept, said, Duration.ZERO, Duration.ZERO)) {
      inError(kept, said);
    }
  }

  private void inError(Kept kept, String said) {
    events.missed(kept.id());
    LOG.warn(
        "Subscription {} of {} is in error and tells nothing until it is asked for again: {}",
        kept.id(),
        kept.owner().name(),
        said);
  }

  private String text(Channel channel, Bundle bundle) {
    IParser parser = channel.isXml() ? fhirContext.newXmlParser() : fhirContext.newJsonParser();
    return parser.encodeResourceToString(bundle);
  }
}
