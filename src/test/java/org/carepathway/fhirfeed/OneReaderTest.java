package org.carepathway.fhirfeed;

import static org.assertj.core.api.Assertions.assertThat;

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
      if (rows.lease(feed, process)) {
        most.accumulateAndGet(reading.incrementAndGet(), Math::max);
        assertThat(rows.lease(feed, process)).as("goes on with each question").isTrue();
        Thread.sleep(1);
        reading.decrementAndGet();
        rows.release(feed, process);
        taken++;
      }
    }
    return taken;
  }

  /** One that slept, or was cut off from the database, finds out before its next question. */
  @Test
  void whoIsGoneIsFollowedAndStopsWhenItComesBack() {
    assertThat(rows.lease(feed, "one")).isTrue();
    assertThat(rows.lease(feed, "other")).isFalse();
    rows.release(feed, "other");
    assertThat(rows.lease(feed, "other")).as("nobody ends another's lease").isFalse();

    jdbc.update("update fhir_feed set leased_until = now() - interval '1 s' where feed = ?", feed);
    assertThat(rows.lease(feed, "other")).isTrue();
    assertThat(rows.lease(feed, "one")).isFalse();
    rows.release(feed, "one");
    assertThat(rows.lease(feed, "one")).isFalse();
    rows.release(feed, "other");
    assertThat(rows.lease(feed, "one")).isTrue();
  }
}
