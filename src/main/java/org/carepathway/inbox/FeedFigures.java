package org.carepathway.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How each feed goes, for a system that watches services. Without it nobody asks the database. */
@Component
@ConditionalOnProperty("management.prometheus.metrics.export.enabled")
class FeedFigures {

  private final FeedRows feeds;
  private final MultiGauge messages;
  private final MultiGauge faults;
  private final MultiGauge oldest;
  private final MultiGauge paused;

  FeedFigures(FeedRows feeds, MeterRegistry registry) {
    this.feeds = feeds;
    this.messages =
        MultiGauge.builder("carepathway.inbox.messages")
            .description("Messages of a feed by state, counted up to " + Feed.MOST)
            .register(registry);
    this.faults =
        MultiGauge.builder("carepathway.inbox.faults")
            .description("Messages that are not handled, by the kind of error")
            .register(registry);
    this.oldest =
        MultiGauge.builder("carepathway.inbox.oldest")
            .baseUnit("seconds")
            .description("Age of the oldest that is to be handled or asks a person; 0 for none")
            .register(registry);
    this.paused =
        MultiGauge.builder("carepathway.inbox.paused")
            .description("1 where a person has paused the feed")
            .register(registry);
  }

  @Scheduled(fixedDelay = 10_000)
  void read() {
    List<Feed> all = feeds.all();
    messages.register(
        rows(all, feed -> Stream.of(State.values()).map(state -> count(feed, state))), true);
    faults.register(
        rows(all, feed -> Stream.of(Fault.values()).map(fault -> count(feed, fault))), true);
    oldest.register(rows(all, feed -> Stream.of(Row.of(tags(feed), seconds(feed)))), true);
    paused.register(
        rows(all, feed -> Stream.of(Row.of(tags(feed), feed.isPaused() ? 1 : 0))), true);
  }

  private static List<Row<?>> rows(List<Feed> feeds, Function<Feed, Stream<Row<?>>> rows) {
    return feeds.stream().flatMap(rows).toList();
  }

  private static Row<?> count(Feed feed, State state) {
    return Row.of(tags(feed).and("state", state.code()), feed.count(state));
  }

  private static Row<?> count(Feed feed, Fault fault) {
    return Row.of(tags(feed).and("fault", fault.code()), feed.faults().getOrDefault(fault, 0));
  }

  private static long seconds(Feed feed) {
    return feed.waits() == null ? 0 : feed.waits().toSeconds();
  }

  private static Tags tags(Feed feed) {
    return Tags.of("feed", feed.source());
  }
}
