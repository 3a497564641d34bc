package org.carepathway.inbox;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carepathway.fhir.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Handles one message: its effect and its end are committed together, or neither. */
@Component
class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /** Refusals that another attempt may cure: a conflict, a stale version, too many requests. */
  private static final Set<Integer> PASSING = Set.of(408, 409, 412, 429);

  private static final int FAULT = 500;

  private final TurnRows turns;
  private final InboxRows rows;
  private final InboxSettings settings;
  private final TransactionTemplate transaction;
  private final ObjectProvider<InboxHandler> found;
  private final MeterRegistry meters;

  Attempts(
      TurnRows turns,
      InboxRows rows,
      InboxSettings settings,
      TransactionTemplate transaction,
      ObjectProvider<InboxHandler> found,
      MeterRegistry meters) {
    this.turns = turns;
    this.rows = rows;
    this.settings = settings;
    this.transaction = transaction;
    this.found = found;
    this.meters = meters;
  }

  /**
   * Handles the next message whose turn it is. The attempt is counted first and for good: a message
   * that ends the process does so a few times only, and while one is taken back nobody tries the
   * same again.
   *
   * @return whether there was one
   */
  boolean next() {
    Map<String, InboxHandler> handlers =
        found.stream().collect(Collectors.toMap(InboxHandler::format, Function.identity()));
    Optional<InboxMessage> claimed =
        transaction.execute(status -> turns.next(handlers.keySet()).map(this::claim));
    claimed.ifPresent(message -> attempt(message, handlers.get(message.received().format())));
    return claimed.isPresent();
  }

  private InboxMessage claim(InboxMessage message) {
    turns.claim(message.number(), settings.pauseAfter(message.attempts() + 1));
    return message;
  }

  private void attempt(InboxMessage message, InboxHandler handler) {
    if (message.attempts() >= settings.tries()) {
      bury(message, "The service ended each time that it was handled.", Fault.SERVICE);
      return;
    }
    Timer.Sample begun = Timer.start(meters);
    try {
      transaction.executeWithoutResult(
          status -> {
            if (rows.lock(message.number())) {
              end(message, handler.handle(message));
            }
          });
      took(begun, message, "handled");
    } catch (RuntimeException fault) {
      failed(message, fault);
      took(begun, message, "failed");
    }
  }

  private void took(Timer.Sample begun, InboxMessage message, String outcome) {
    begun.stop(
        meters.timer(
            "carepathway.inbox.attempts", "feed", message.received().source(), "outcome", outcome));
  }

  private void end(InboxMessage message, Effect effect) {
    if (effect instanceof Effect.Done done) {
      rows.end(message.number(), State.DONE, done.said(), done.patients());
    } else if (effect instanceof Effect.Asked asked) {
      rows.end(message.number(), State.ASKED, asked.said(), asked.patients());
    } else if (effect instanceof Effect.Held held) {
      rows.end(message.number(), State.HELD, held.said(), Set.of());
    } else {
      rows.bury(message.number(), effect.said(), Fault.CONTENT);
    }
  }

  /** The log names the message and the class of the fault: what it says may be of a patient. */
  private void failed(InboxMessage message, RuntimeException fault) {
    Fault kind = kind(fault);
    if (kind == Fault.CONTENT || message.attempts() + 1 >= settings.tries()) {
      bury(message, why(fault), kind);
      LOG.warn(
          "Message {} of {} could not be handled and waits for somebody who replays it ({}).",
          message.number(),
          message.received().source(),
          fault.getClass().getSimpleName());
    } else {
      transaction.executeWithoutResult(status -> rows.retry(message.number(), why(fault)));
    }
  }

  private void bury(InboxMessage message, String why, Fault kind) {
    transaction.executeWithoutResult(status -> rows.bury(message.number(), why, kind));
  }

  private static Fault kind(RuntimeException fault) {
    if (fault instanceof BaseServerResponseException refusal && refusal.getStatusCode() < FAULT) {
      return PASSING.contains(refusal.getStatusCode()) && !Refusal.isDuplicate(refusal)
          ? Fault.CONFLICT
          : Fault.CONTENT;
    }
    return fault instanceof TransientDataAccessException ? Fault.CONFLICT : Fault.SERVICE;
  }

  private static String why(RuntimeException fault) {
    return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
  }
}
