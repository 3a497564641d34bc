package org.carepathway.inbox;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
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

  Attempts(
      InboxRows rows,
      InboxSettings settings,
      TransactionTemplate transaction,
      ObjectProvider<InboxHandler> found) {
    this.rows = rows;
    this.settings = settings;
    this.transaction = transaction;
    this.found = found;
  }

  /** Handles the next message whose turn it is. Returns whether there was one. */
  boolean next() {
    Map<String, InboxHandler> handlers =
        found.stream().collect(Collectors.toMap(InboxHandler::format, Function.identity()));
    InboxMessage[] taken = new InboxMessage[1];
    try {
      transaction.executeWithoutResult(
          status ->
              rows.take(handlers.keySet())
                  .ifPresent(
                      message -> {
                        taken[0] = message;
                        end(message, handlers.get(message.received().format()).handle(message));
                      }));
    } catch (RuntimeException fault) {
      if (taken[0] == null) {
        throw fault;
      }
      failed(taken[0], fault);
    }
    return taken[0] != null;
  }

  private void end(InboxMessage message, Effect effect) {
    if (effect instanceof Effect.Done done) {
      rows.end(message.number(), State.DONE, done.said(), done.patients());
    } else if (effect instanceof Effect.Asked asked) {
      rows.end(message.number(), State.ASKED, asked.said(), asked.patients());
    } else if (effect instanceof Effect.Held held) {
      rows.end(message.number(), State.HELD, held.said(), Set.of());
    } else {
      rows.end(message.number(), State.DEAD, effect.said(), Set.of());
    }
  }

  /** The log names the message and the class of the fault: what it says may be of a patient. */
  private void failed(InboxMessage message, RuntimeException fault) {
    int attempts = message.attempts() + 1;
    boolean isLast = isForGood(fault) || attempts >= settings.tries();
    transaction.executeWithoutResult(
        status -> rows.failed(message.number(), why(fault), settings.pauseAfter(attempts), isLast));
    if (isLast) {
      LOG.warn(
          "Message {} of {} could not be handled and waits for somebody who replays it ({}).",
          message.number(),
          message.received().source(),
          fault.getClass().getSimpleName());
    }
  }

  private static boolean isForGood(RuntimeException fault) {
    return fault instanceof BaseServerResponseException refusal
        && refusal.getStatusCode() < FAULT
        && !PASSING.contains(refusal.getStatusCode());
  }

  private static String why(RuntimeException fault) {
    return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
  }
}
