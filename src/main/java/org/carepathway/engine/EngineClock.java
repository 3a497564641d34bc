package org.carepathway.engine;

import jakarta.annotation.PostConstruct;
import java.time.Duration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.carepathway.clock.ClockMoved;
import org.carepathway.clock.ServiceClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** The engine's timers run on the service's clock. */
@Component
class EngineClock {

  private final ServiceClock clock;
  private final ProcessEngine engine;

  EngineClock(ServiceClock clock, ProcessEngine engine) {
    this.clock = clock;
    this.engine = engine;
  }

  @PostConstruct
  void begin() {
    follow(clock.ahead());
  }

  /** After the commit: timers that are due now are picked up at once. */
  @TransactionalEventListener
  void moved(ClockMoved event) {
    follow(event.ahead());
    ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
        .getJobExecutor()
        .jobWasAdded();
  }

  private static void follow(Duration ahead) {
    if (ahead.isZero()) {
      ClockUtil.reset();
    } else {
      ClockUtil.offset(ahead.toMillis());
    }
  }
}
