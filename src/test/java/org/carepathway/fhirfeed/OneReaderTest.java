package org.carepathway.fhirfeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.carepathway.RunningService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Several replicas ask one EHR as one of them would: its limit of calls is kept, in one order. */
class OneReaderTest extends RunningService {

  private static final int REPLICAS = 6;
  private static final int TURNS = 60;

  private static final Duration ROUND = Duration.ofMinutes(10);

  @Autowired private JdbcTemplate jdbc;

  private final String feed = "many-" + UUID.randomUUID();
  private FhirFeedRows rows;

  @BeforeEach
  void begin() {
    rows = new FhirFeedRows(jdbc);
    rows.known(feed);
  }

  @AfterEach
  void forget() {
    jdbc.update("delete from fhir_feed where feed = ?", feed);
  }

  @Test
  void ofManyReplicasOneReadsAtATime() throws Exception {
    AtomicInteger reading = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService replicas = Executors.newFixedThreadPool(REPLICAS);
    List<Future<Integer>> turns = new ArrayList<>();
    for (int i = 0; i < REPLICAS; i++) {
      String process = "replica " + i;
      turns.add(replicas.submit(() -> turns(process, reading, most)));
    }
    int taken = 0;
    for (Future<Integer> one : turns) {
      taken += one.get();
    }
    replicas.shutdown();
    assertThat(most).hasValue(1);
    assertThat(taken).isPositive();
  }

  private int turns(String process, AtomicInteger reading, AtomicInteger most)
      throws InterruptedException {
    int taken = 0;
    for (int i = 0; i < TURNS; i++) {
      if (rows.lease(feed, process, ROUND)) {
        most.accumulateAndGet(reading.incrementAndGet(), Math::max);
        assertThat(rows.lease(feed, process, ROUND)).as("goes on with each question").isTrue();
        Thread.sleep(1);
        reading.decrementAndGet();
        rows.release(feed, process);
        taken++;
      }
    }
    return taken;
  }

  /** Between two rounds that are far apart nobody else begins one. */
  @Test
  void theReaderKeepsItBetweenItsRounds() {
    assertThat(rows.lease(feed, "one", Duration.ofHours(1))).isTrue();
    jdbc.update(
        "update fhir_feed set leased_until = leased_until - interval '1 hour' where feed = ?",
        feed);
    assertThat(rows.lease(feed, "other", Duration.ofHours(1))).isFalse();
    assertThat(rows.lease(feed, "one", Duration.ofHours(1))).isTrue();
  }

  /** One that slept, or was cut off from the database, finds out before its next question. */
  @Test
  void whoIsGoneIsFollowedAndStopsWhenItComesBack() {
    assertThat(rows.lease(feed, "one", ROUND)).isTrue();
    assertThat(rows.lease(feed, "other", ROUND)).isFalse();
    rows.release(feed, "other");
    assertThat(rows.lease(feed, "other", ROUND)).as("nobody ends another's lease").isFalse();

    jdbc.update("update fhir_feed set leased_until = now() - interval '1 s' where feed = ?", feed);
    assertThat(rows.lease(feed, "other", ROUND)).isTrue();
    assertThat(rows.lease(feed, "one", ROUND)).isFalse();
    rows.release(feed, "one");
    assertThat(rows.lease(feed, "one", ROUND)).isFalse();
    rows.release(feed, "other");
    assertThat(rows.lease(feed, "one", ROUND)).isTrue();
  }
}
