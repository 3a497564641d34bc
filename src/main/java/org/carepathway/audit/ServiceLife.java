package org.carepathway.audit;

import java.util.List;
import org.carepathway.record.Agent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps when the service started and stopped. So the chain goes on with a new key at once after it
 * was set.
 */
@Component
class ServiceLife {

  private final Audit audit;
  private final AuditKeys keys;

  ServiceLife(Audit audit, AuditKeys keys) {
    this.audit = audit;
    this.keys = keys;
  }

  @EventListener(ApplicationReadyEvent.class)
  void started() {
    keep(AuditKind.START);
  }

  @EventListener(ContextClosedEvent.class)
  void stopped() {
    keep(AuditKind.STOP);
  }

  private void keep(AuditKind kind) {
    audit.keepSoon(
        AuditEntry.now(
            kind,
            true,
            Agent.SERVICE.name(),
            Agent.SERVICE.display(),
            "",
            "audit key " + keys.present().id(),
            List.of(),
            false,
            List.of(),
            ""));
  }
}
