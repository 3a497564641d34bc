package org.carepathway.outreach;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.hl7.fhir.r4.model.Communication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what became of messages: in their rows, and as Communications of the record. */
@Component
class Outcomes {

  private final MessageRows rows;
  private final Pathways pathways;
  private final Records records;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Outcomes(
      MessageRows rows,
      Pathways pathways,
      Records records,
      ApplicationEventPublisher events,
      Clock clock) {
    this.rows = rows;
    this.pathways = pathways;
    this.records = records;
    this.events = events;
    this.clock = clock;
  }

  /** In the current transaction, in which the pathway is locked. */
  void keep(Message message, MessageState state, String gatewayId, String said, OpenPathway open) {
    Instant now = clock.instant();
    rows.end(message.id(), state, gatewayId, said, now);
    Message ended = rows.find(message.id()).orElseThrow();
    records.triggeredBy(
        new Trigger("outreach/%s/%s".formatted(message.id(), state.code()), Agent.SERVICE));
    Communication before =
        open.record().find(Communication.class, message.id().toString()).orElse(null);
    // An ended pathway writes nothing more; the row says what became of the message.
    if (open.pathway().isActive()) {
      open.record().write(message.element(), AttemptFace.of(ended, open, before, now));
    }
    events.publishEvent(new MessageEnded(ended));
  }

  /**
   * What a gateway or mail server tells later. It can fail what was handed over, and a message that
   * has failed or was stopped stays so.
   *
   * @return whether such a message waits for this
   */
  @Transactional
  boolean told(UUID id, boolean delivered, String said) {
    Optional<Message> known = rows.find(id);
    if (known.isEmpty()) {
      return false;
    }
    OpenPathway open = pathways.open(known.get().pathwayId());
    Message message = rows.lock(id).orElseThrow();
    boolean mayChange =
        message.state() == MessageState.HANDED_OVER
            || message.state() == MessageState.UNSURE
            || message.state() == MessageState.CLAIMED
            || message.state() == MessageState.DELIVERED && !delivered;
    if (mayChange) {
      keep(message, delivered ? MessageState.DELIVERED : MessageState.FAILED, null, said, open);
    }
    return true;
  }
}
