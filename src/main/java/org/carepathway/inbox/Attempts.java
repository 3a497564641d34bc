package org.carepathway.inbox;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  private final InboxRows rows;
  private final InboxSettings settings;
  private final TransactionTemplate transaction;
  private final ObjectProvider<InboxHandler> found;
  private final MeterRegistry meters;

  Attempts(
      InboxRows rows,
      InboxSettings settings,
      TransactionTemplate transaction,
      ObjectProvider<InboxHandler> found,
      MeterRegistry meters) {
    this.rows = rows;
    this.settings = settings;
    this.transaction = transaction;
    this.found = found;
    this.meters = meters;
  }

  /** Handles the next message whose turn it is. Returns whether there was one. */
  boolean next() {
    Map<String, InboxHandler> handlers =
        found.stream().collect(Collectors.toMap(InboxHandler::format, Function.identity()));
    InboxMessage[] taken = new InboxMessage[1];
    Timer.Sample begun = Timer.start(meters);
    try {
      transaction.executeWithoutResult(
          status ->
              rows.take(handlers.keySet())
                  .ifPresent(
                      message -> {
                        taken[0] = message;
                        end(message, handlers.get(message.received().format()).handle(message));
                      }));
      if (taken[0] != null) {
        took(begun, taken[0], "handled");
      }
    } catch (RuntimeException fault) {
      if (taken[0] == null) {
        throw fault;
      }
      failed(taken[0], fault);
      took(begun, taken[0], "failed");
    }
    return taken[0] != null;
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
      rows.bury(message.number(), message.attempts(), effect.said(), Fault.CONTENT);
    }
  }

  /** The log names the message and the class of the fault: what it says may be of a patient. */
  private void failed(InboxMessage message, RuntimeException fault) {
    int attempts = message.attempts() + 1;
    Fault kind = kind(fault);
    boolean isLast = kind == Fault.CONTENT || attempts >= settings.tries();
    transaction.executeWithoutResult(
        status -> {
          if (isLast) {
            rows.bury(message.number(), attempts, why(fault), kind);
          } else {
            rows.retry(message.number(), why(fault), settings.pauseAfter(attempts));
          }
        });
    if (isLast) {
      LOG.warn(
          "Message {} of {} could not be handled and waits for somebody who replays it ({}).",
          message.number(),
          message.received().source(),
          fault.getClass().getSimpleName());
    }
  }

  private static Fault kind(RuntimeException fault) {
    if (fault instanceof BaseServerResponseException refusal && refusal.getStatusCode() < FAULT) {
      return PASSING.contains(refusal.getStatusCode()) ? Fault.CONFLICT : Fault.CONTENT;
    }
    return fault instanceof TransientDataAccessException ? Fault.CONFLICT : Fault.SERVICE;
  }

  private static String why(RuntimeException fault) {
    return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
  }
}
