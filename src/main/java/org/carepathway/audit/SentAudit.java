package org.carepathway.audit;

import java.util.List;
import org.carepathway.outbox.EntrySent;
import org.carepathway.record.Agent;
import org.carepathway.subscription.NotificationSent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps what went to which system, in the transaction that keeps that it was sent. */
@Component
class SentAudit {

  private final Audit audit;

  SentAudit(Audit audit) {
    this.audit = audit;
  }

  @EventListener
  void on(EntrySent sent) {
    audit.keepNow(
        AuditEntry.now(
            AuditKind.EXPORT,
            true,
            Agent.SERVICE.name(),
            Agent.SERVICE.display(),
            "",
            "sent to %s (%s)".formatted(sent.entry().written().site(), sent.rung().code()),
            List.of(sent.entry().written().patient()),
            false,
            List.of(sent.entry().written().subject()),
            ""));
  }

  /** Keeps whom a subscriber was told of. */
  @EventListener
  void on(NotificationSent sent) {
    audit.keepNow(
        AuditEntry.now(
            AuditKind.EXPORT,
            true,
            sent.owner(),
            sent.display(),
            "",
            "notification of Subscription/" + sent.subscription(),
            sent.patients(),
            false,
            sent.resources(),
            ""));
  }
}
