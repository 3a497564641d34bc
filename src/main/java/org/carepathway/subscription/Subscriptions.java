package org.carepathway.subscription;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.ehr.OwnAddress;
import org.carepathway.fhir.Refusal;
import org.carepathway.security.Mandate;
import org.carepathway.security.Mandates;
import org.carepathway.subscription.StoredChanges.SomethingToTell;
import org.carepathway.subscription.SubscriberRows.Written;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The subscriptions of who is signed in. Those of others look absent. */
@Component
class Subscriptions {

  private final SubscriberRows rows;
  private final EventRows eventRows;
  private final WantedReading reading;
  private final Mandates mandates;
  private final OwnAddress address;
  private final SubscriberSettings settings;
  private final KeptBody bodies;
  private final ApplicationEventPublisher events;

  Subscriptions(
      SubscriberRows rows,
      EventRows eventRows,
      WantedReading reading,
      Mandates mandates,
      OwnAddress address,
      SubscriberSettings settings,
      KeptBody bodies,
      ApplicationEventPublisher events) {
    this.rows = rows;
    this.eventRows = eventRows;
    this.reading = reading;
    this.mandates = mandates;
    this.address = address;
    this.settings = settings;
    this.bodies = bodies;
    this.events = events;
  }

  Optional<Kept> find(String id) {
    return rows.find(id).filter(this::isMine);
  }

  List<Kept> all() {
    return rows.of(me().name());
  }

  /**
   * @param id that its sender has chosen; null for one of ours
   */
  @Transactional
  public Kept create(String id, Subscription sent) {
    Mandate me = me();
    Wanted wanted = reading.read(sent);
    SubscriptionStatus status = asked(sent);
    rows.owner(me);
    if (rows.count(me.name()) >= settings.most()) {
      throw Refusal.conflict(
          "Subscription",
          "You have %d subscriptions, the most that are kept for one. Delete those that you do not need."
              .formatted(settings.most()));
    }
    String own = id == null ? UUID.randomUUID().toString() : id;
    if (!rows.add(own, me, wanted, status, written(sent))) {
      throw Refusal.conflict(
          "Subscription.id", "This id is taken: choose another, or create it with POST.");
    }
    return kept(own, "created");
  }

  /**
   * @param version that must be the current one; null for any
   * @throws ResourceNotFoundException where it is somebody else's
   */
  @Transactional
  public Kept update(Kept known, String version, Subscription sent) {
    Kept before = rows.lock(known.id()).orElseThrow(() -> notThere(known.id()));
    if (version != null && !version.equals(String.valueOf(before.version()))) {
      throw new PreconditionFailedException(
          "Subscription/%s is at version %d, and If-Match names %s; nothing was changed."
              .formatted(before.id(), before.version(), version));
    }
    Wanted wanted = reading.read(sent);
    if (wanted.topic() != before.topic()) {
      throw WantedReading.refused(
          "criteria",
          "A subscription keeps its topic, as its events are numbered: create another one");
    }
    SubscriptionStatus status = asked(sent);
    Channel channel = wanted.channel();
    boolean goesOn =
        status == SubscriptionStatus.REQUESTED
            && sent.getStatus() == SubscriptionStatus.ACTIVE
            && before.status() == SubscriptionStatus.ACTIVE
            && bodies
                .whole(before)
                .map(whole -> reading.channel(whole.getChannel()))
                .filter(channel::isSameEndpoint)
                .isPresent();
    Mandate me = me();
    rows.owner(me);
    rows.update(
        before.id(), me, wanted, goesOn ? SubscriptionStatus.ACTIVE : status, written(sent));
    if (status == SubscriptionStatus.OFF) {
      eventRows.missed(before.id());
    }
    return kept(before.id(), "updated");
  }

  @Transactional
  public void delete(Kept known) {
    rows.delete(known.id());
    events.publishEvent(new SubscriptionChanged(known.id(), "deleted"));
  }

  private Kept kept(String id, String did) {
    events.publishEvent(new SubscriptionChanged(id, did));
    events.publishEvent(new SomethingToTell());
    return rows.find(id).orElseThrow();
  }

  /** Nothing is active before its endpoint has answered. */
  private static SubscriptionStatus asked(Subscription sent) {
    return switch (sent.getStatus()) {
      case REQUESTED, ACTIVE -> SubscriptionStatus.REQUESTED;
      case OFF -> SubscriptionStatus.OFF;
      default ->
          throw WantedReading.refused("status", "Ask for requested, or for off to be told nothing");
    };
  }

  private Written written(Subscription sent) {
    return new Written(bodies.parts(sent), address.of("/fhir").toString());
  }

  /** How much its notifications say. */
  PayloadContent content(Kept kept) {
    return WantedReading.content(bodies.shown(kept).getChannel());
  }

  /** As it stands; its headers, which may be secrets, for the program only that has sent them. */
  Subscription resource(Kept kept) {
    boolean isSent = Objects.equals(kept.owner().client(), me().client());
    Subscription subscription =
        bodies.whole(kept).filter(whole -> isSent).orElseGet(() -> bodies.shown(kept));
    subscription.setId(new IdType("Subscription", kept.id(), String.valueOf(kept.version())));
    subscription
        .getMeta()
        .setVersionId(String.valueOf(kept.version()))
        .setLastUpdated(Date.from(kept.changedAt()))
        .addProfile(Backport.SUBSCRIPTION);
    subscription.setStatus(kept.status());
    if (kept.status() == SubscriptionStatus.ERROR) {
      subscription.setError(kept.said());
    }
    return subscription;
  }

  private boolean isMine(Kept kept) {
    return kept.owner().name().equals(me().name());
  }

  private Mandate me() {
    return mandates.mine().orElseThrow(() -> new IllegalStateException("Nobody is signed in."));
  }

  static BaseServerResponseException notThere(String id) {
    return new ResourceNotFoundException(new IdType("Subscription", id));
  }
}
