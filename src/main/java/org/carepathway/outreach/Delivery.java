package org.carepathway.outreach;

import org.carepathway.worker.Rest;
import org.carepathway.worker.Worker;
import org.carepathway.worker.WorkerThreads;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Asks patients and hands messages over, where the site has set up a channel. */
@Component
class Delivery {

  private final ContactLadder ladder;
  private final Dispatch dispatch;
  private final Worker worker;

  Delivery(ContactLadder ladder, Dispatch dispatch, Carriers carriers, WorkerThreads threads) {
    this.ladder = ladder;
    this.dispatch = dispatch;
    this.worker =
        threads.add(
            "outreach", carriers.areSetUp() ? 1 : 0, "Messages do not leave", this::deliver);
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void added(MessageAdded added) {
    worker.wake();
  }

  private Rest deliver() {
    ladder.run();
    dispatch.recover();
    while (worker.isRunning() && dispatch.next()) {
      // As long as something is due.
    }
    return Rest.IDLE;
  }
}
