package org.carepathway.subscription;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How subscriptions stand, for one that watches services. */
@Component
@ConditionalOnProperty("management.prometheus.metrics.export.enabled")
class SubscriptionFigures {

  private final SubscriptionConsole console;
  private final MultiGauge subscriptions;

  SubscriptionFigures(SubscriptionConsole console, MeterRegistry registry) {
    this.console = console;
    this.subscriptions =
        MultiGauge.builder("carepathway.subscriptions")
            .description("Subscriptions of other systems, by status")
            .register(registry);
  }

  @Scheduled(fixedDelay = 10_000)
  void read() {
    subscriptions.register(
        console.counts().entrySet().stream()
            .<Row<?>>map(count -> Row.of(Tags.of("status", count.getKey()), count.getValue()))
            .toList(),
        true);
  }
}
