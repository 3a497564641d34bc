package org.carepathway.subscription;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Seals the headers that an earlier version of the service kept as they were sent. */
@Component
class SealedBefore {

  private static final Logger LOG = LoggerFactory.getLogger(SealedBefore.class);

  private final SubscriberRows rows;
  private final KeptBody bodies;
  private final Sealed sealed;

  SealedBefore(SubscriberRows rows, KeptBody bodies, Sealed sealed) {
    this.rows = rows;
    this.bodies = bodies;
    this.sealed = sealed;
  }

  @EventListener(ApplicationReadyEvent.class)
  void seal() {
    for (Kept kept : rows.unsealed()) {
      if (!sealed.isPossible()) {
        LOG.warn(
            "Headers of subscriptions are in the database as they were sent. Set carepathway.subscriptions.keys.");
        return;
      }
      bodies.whole(kept).map(bodies::parts).ifPresent(parts -> rows.seal(kept, parts));
    }
  }
}
