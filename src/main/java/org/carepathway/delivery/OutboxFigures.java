package org.carepathway.delivery;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.stream.Stream;
import org.carepathway.mllp.MllpSender;
import org.carepathway.outbox.OutboxSite;
import org.carepathway.outbox.OutboxView;
import org.carepathway.outbox.Standing;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How it goes with each system that receives, for one that watches services. */
@Component
@ConditionalOnProperty("management.prometheus.metrics.export.enabled")
class OutboxFigures {

  private final Sites sites;
  private final OutboxView view;
  private final MultiGauge entries;
  private final MultiGauge oldest;

  OutboxFigures(Sites sites, OutboxView view, MeterRegistry registry) {
    this.sites = sites;
    this.view = view;
    this.entries =
        MultiGauge.builder("carepathway.outbox.entries")
            .description("What a system is to receive, by state, counted up to " + OutboxSite.MOST)
            .register(registry);
    this.oldest =
        MultiGauge.builder("carepathway.outbox.oldest")
            .baseUnit("seconds")
            .description("Age of the oldest that waits to be sent; 0 for none")
            .register(registry);
    sites.names().stream()
        .map(sites::site)
        .filter(site -> site.sender() != null)
        .forEach(
            site ->
                FunctionCounter.builder(
                        "carepathway.outbox.strangers", site.sender(), MllpSender::strangers)
                    .tag("site", site.name())
                    .description("Acknowledgements of HL7 v2 that named another message")
                    .register(registry));
  }

  @Scheduled(fixedDelay = 10_000)
  void read() {
    List<OutboxSite> all = sites.names().stream().map(view::site).toList();
    entries.register(all.stream().<Row<?>>flatMap(OutboxFigures::counts).toList(), true);
    oldest.register(
        all.stream()
            .<Row<?>>map(
                site -> Row.of(tags(site), site.waits() == null ? 0 : site.waits().toSeconds()))
            .toList(),
        true);
  }

  private static Stream<Row<?>> counts(OutboxSite site) {
    return Stream.of(Standing.values())
        .map(standing -> Row.of(tags(site).and("state", standing.code()), site.count(standing)));
  }

  private static Tags tags(OutboxSite site) {
    return Tags.of("site", site.site());
  }
}
