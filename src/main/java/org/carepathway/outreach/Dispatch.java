package org.carepathway.outreach;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.outreach.Handover.Later;
import org.carepathway.outreach.Handover.Refused;
import org.carepathway.outreach.Handover.Taken;
import org.carepathway.outreach.Handover.Unsure;
import org.carepathway.pathway.Holds;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands one message over. It is claimed first and for good. Then, with the pathway locked, it is
 * asked whether it may still leave, and it leaves: a death that is told meanwhile waits, and one
 * that was told before has stopped it (ADR 0038).
 */
@Component
class Dispatch {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  /** Longer than any carrier may take. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Duration HELD = Duration.ofHours(1);

  private final MessageRows rows;
  private final Matters matters;
  private final RefusedChannels refusals;
  private final Carriers carriers;
  private final Compose compose;
  private final WelcomeHours welcome;
  private final Outcomes outcomes;
  private final Pathways pathways;
  private final Holds holds;
  private final OutreachSettings settings;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Dispatch(
      MessageRows rows,
      Matters matters,
      RefusedChannels refusals,
      Carriers carriers,
      Compose compose,
      WelcomeHours welcome,
      Outcomes outcomes,
      Pathways pathways,
      Holds holds,
      OutreachSettings settings,
      TransactionTemplate transaction,
      Clock clock) {
    this.rows = rows;
    this.matters = matters;
    this.refusals = refusals;
    this.carriers = carriers;
    this.compose = compose;
    this.welcome = welcome;
    this.outcomes = outcomes;
    this.pathways = pathways;
    this.holds = holds;
    this.settings = settings;
    this.transaction = transaction;
    this.clock = clock;
  }

  private record Claim(Message message, String link) {}

  /**
   * @return whether there was one that was due
   */
  boolean next() {
    Optional<Claim> claimed =
        transaction.execute(
            status ->
                rows.claim(clock.instant())
                    .map(message -> new Claim(message, compose.link(message))));
    claimed.ifPresent(this::attempt);
    return claimed.isPresent();
  }

  /** Looks after what a process that has died left claimed. */
  void recover() {
    for (UUID id : rows.left(LONGEST)) {
      transaction.executeWithoutResult(
          status -> {
            OpenPathway open = pathways.open(rows.find(id).orElseThrow().pathwayId());
            Message message = rows.lock(id).orElseThrow();
            if (message.state() == MessageState.CLAIMED) {
              broken(message, open, "The service ended while it was handed over.");
            }
          });
    }
  }

  private void attempt(Claim claim) {
    try {
      transaction.executeWithoutResult(status -> leave(claim.message(), claim.link()));
    } catch (RuntimeException fault) {
      LOG.error(
          "Message {} could not be handed over; it is looked after later",
          claim.message().id(),
          fault);
    }
  }

  private void leave(Message claimed, String link) {
    OpenPathway open = pathways.open(claimed.pathwayId());
    Message message = rows.lock(claimed.id()).orElseThrow();
    if (message.state() != MessageState.CLAIMED || message.attempts() != claimed.attempts()) {
      return;
    }
    Instant now = clock.instant();
    Optional<String> obstacle = obstacle(message, open);
    Instant allowed = allowed(message, open, now);
    if (obstacle.isPresent()) {
      outcomes.keep(message, MessageState.STOPPED, null, obstacle.get(), open);
    } else if (message.purpose().isForPatients() && holds.find(message.pathwayId()).isPresent()) {
      rows.again(message.id(), now.plus(HELD), "The pathway is on hold.");
    } else if (allowed.isAfter(now)) {
      rows.again(message.id(), allowed, "The patient is not written to at this hour.");
    } else {
      handOver(message, link, open);
    }
  }

  private Instant allowed(Message message, OpenPathway open, Instant now) {
    return message.purpose().isForPatients()
        ? matters
            .find(message.about())
            .map(matter -> welcome.after(now, matter, open))
            .orElseGet(() -> welcome.afterQuiet(now))
        : now;
  }

  private Optional<String> obstacle(Message message, OpenPathway open) {
    if (message.purpose().isForPatients()) {
      if (!open.pathway().isActive()) {
        return Optional.of("The pathway has ended.");
      }
      if (open.patient().hasDeceased()
          && !"false".equals(open.patient().getDeceased().primitiveValue())) {
        return Optional.of("The patient has died.");
      }
      if (matters.find(message.about()).filter(matter -> isAsked(matter)).isEmpty()) {
        return Optional.of("It is not needed any more.");
      }
      if (refusals.of(open.patient()).contains(message.channel())) {
        return Optional.of("The patient does not want to be written to by this channel.");
      }
    }
    return carriers.isSetUp(message.channel())
        ? Optional.empty()
        : Optional.of("This channel is not set up any more.");
  }

  /** Answered, moved or over meanwhile: it was claimed before that. */
  private boolean isAsked(Matter matter) {
    return matter.isOpen() && matter.locked() == null && clock.instant().isBefore(matter.ends());
  }

  private void handOver(Message message, String link, OpenPathway open) {
    Carrier carrier = carriers.of(message.channel()).orElseThrow();
    Handover handover = carrier.handOver(compose.outgoing(message, link));
    if (handover instanceof Taken taken) {
      outcomes.keep(message, MessageState.HANDED_OVER, taken.said(), null, open);
    } else if (handover instanceof Refused refused) {
      outcomes.keep(message, MessageState.FAILED, null, refused.said(), open);
    } else if (handover instanceof Unsure unsure) {
      outcomes.keep(message, MessageState.UNSURE, null, unsure.said(), open);
    } else if (handover instanceof Later later) {
      later(message, open, later.said());
    }
  }

  private void later(Message message, OpenPathway open, String said) {
    if (message.attempts() >= settings.tries()) {
      outcomes.keep(message, MessageState.FAILED, null, said, open);
    } else {
      rows.again(message.id(), clock.instant().plus(settings.pauseAfter(message.attempts())), said);
    }
  }

  /** It may have left: only a carrier that knows it again is given it once more. */
  private void broken(Message message, OpenPathway open, String said) {
    boolean repeatable = carriers.of(message.channel()).map(Carrier::isRepeatable).orElse(false);
    if (repeatable) {
      later(message, open, said);
    } else {
      outcomes.keep(message, MessageState.UNSURE, null, said, open);
    }
  }
}
