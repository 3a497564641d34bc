package org.carepathway.fhirfeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWK;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.carepathway.demo.ehr.TestEhr;
import org.carepathway.ehr.Asking;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.EhrServer;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/**
 * An EHR whose clocks differ, that commits late and changes while it is read, loses nothing; with
 * 10,000 changes: {@code -Dsweep.changes=10000}.
 */
class SweepTest {

  private static final Question OBSERVATIONS = Question.of("Observation");
  private static final Duration LATE = Duration.ofSeconds(30);
  private static final Duration DRIFT = Duration.ofSeconds(60);
  private static final JWK KEY = Asking.key("ES384");

  /**
   * Four changes a second: most are new, some change what was there. Each is stamped by a machine
   * whose clock is up to a minute off, and is seen up to half a minute later. Each look takes half
   * a second.
   */
  private static final class Busy extends TestEhr.Restless {

    private final Random random = new Random(7);
    private final PriorityQueue<Change> coming = new PriorityQueue<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private final int most;
    private int changes;
    private Instant now = Instant.parse("2026-11-29T10:00:00Z");

    private Busy(int most) {
      this.most = most;
    }

    private record Change(Instant seen, Instant stamped, String id) implements Comparable<Change> {
      @Override
      public int compareTo(Change other) {
        return seen.compareTo(other.seen);
      }
    }

    @Override
    protected void lookedAt() {
      pass(Duration.ofMillis(500));
    }

    private void pass(Duration time) {
      for (long i = 0; i < time.toMillis() / 250; i++) {
        now = now.plusMillis(250);
        if (changes < most) {
          int number = random.nextInt(5) == 0 && changes > 0 ? random.nextInt(changes) : changes;
          changes++;
          coming.add(
              new Change(
                  now.plusMillis(random.nextInt((int) LATE.toMillis())),
                  now.plusMillis(random.nextInt(2 * (int) DRIFT.toMillis()) - DRIFT.toMillis()),
                  "o" + number));
        }
      }
      while (!coming.isEmpty() && !coming.peek().seen().isAfter(now)) {
        Change change = coming.poll();
        versions.merge(change.id(), 1, Integer::sum);
        Observation observation = new Observation();
        observation.setId(change.id());
        observation.getSubject().setReference("Patient/1");
        store(observation, change.stamped());
      }
    }

    private Clock clock() {
      return new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };
    }
  }

  /** What was kept: message ids, and how often each came as new. */
  private final Set<String> kept = new HashSet<>();

  private List<Found> keep(List<Found> found) {
    return found.stream().filter(one -> kept.add(one.messageId())).toList();
  }

  private EhrServer server(TestEhr ehr) {
    return Asking.server(
        ehr.publish(KEY).base(), List.of(KEY), Clock.systemUTC(), "budget", "1000000");
  }

  /** The last versions that were never taken, after ten minutes of silence. */
  private List<String> lost(int changes, Duration overlap, Duration pause) throws Exception {
    Busy records = new Busy(changes);
    try (TestEhr ehr = TestEhr.open(records)) {
      Sweep sweep = new Sweep(server(ehr), overlap, 100, records.clock());
      Instant cursor = null;
      while (records.changes < changes || !records.coming.isEmpty()) {
        cursor = sweep.read(OBSERVATIONS, "1", cursor, this::keep);
        records.pass(pause);
      }
      for (int i = 0; i < 3; i++) {
        cursor = sweep.read(OBSERVATIONS, "1", cursor, this::keep);
      }
      List<String> lost = new ArrayList<>();
      records.versions.forEach(
          (id, version) -> {
            if (!kept.contains("Observation/" + id + '/' + version)) {
              lost.add(id);
            }
          });
      return lost;
    }
  }

  @Test
  void theChangesOfARestlessEhrAreEachTakenOnce() throws Exception {
    assertThat(
            lost(
                Integer.getInteger("sweep.changes", 2_500),
                LATE.plus(DRIFT.multipliedBy(2)),
                Duration.ofMinutes(3)))
        .isEmpty();
  }

  @Test
  void withoutLookingBackSomeWouldBeLost() throws Exception {
    assertThat(lost(1_000, Duration.ZERO, Duration.ofSeconds(10))).isNotEmpty();
  }

  @Test
  void aTimeThatIsYetToComeMovesNoCursor() throws Exception {
    try (TestEhr ehr = TestEhr.open()) {
      Instant begun = Instant.now();
      Observation odd = new Observation();
      odd.setId("1");
      odd.getSubject().setReference("Patient/1");
      ehr.put(odd);
      Sweep behind =
          new Sweep(
              server(ehr),
              Duration.ZERO,
              100,
              Clock.offset(Clock.systemUTC(), Duration.ofDays(-1)));
      assertThat(behind.read(OBSERVATIONS, "1", null, this::keep)).isBefore(begun);
    }
  }

  @Test
  void whatIsAnotherPatientsIsNotTaken() throws Exception {
    assertThat(Found.of(resource("Observation", "Patient/2")).orElseThrow().isOf("1", "https://e"))
        .isFalse();
    assertThat(
            Found.of(resource("Observation", "https://e/Patient/1"))
                .orElseThrow()
                .isOf("1", "https://e"))
        .isTrue();
    assertThat(
            Found.of(resource("Observation", "https://other/Patient/1"))
                .orElseThrow()
                .isOf("1", "https://e"))
        .isFalse();
    assertThat(Found.of(resource("Observation", "Patient/11")).orElseThrow().isOf("1", "https://e"))
        .isFalse();
  }

  private static JsonNode resource(String type, String subject) throws Exception {
    return new ObjectMapper()
        .readTree(
            "{\"resourceType\":\"%s\",\"id\":\"a\",\"subject\":{\"reference\":\"%s\"}}"
                .formatted(type, subject));
  }

  @Test
  void aQuestionHasANameAndAValueForEachParameter() {
    assertThat(Question.of("Observation?category=laboratory").parameters("7", null, 50))
        .extracting(Object::toString)
        .containsExactly("category=laboratory", "patient=7", "_count=50");
    assertThatThrownBy(() -> Question.of("Observation?category"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Questions.read("ehr", List.of("Observation", "Basic")))
        .hasMessage("carepathway.fhir.feeds.ehr.resources names 'Basic', which is not taken.");
  }

  @Test
  void anEhrThatIsAwayIsSaid() throws Exception {
    EhrServer server;
    try (TestEhr ehr = TestEhr.open()) {
      server = server(ehr);
    }
    Sweep sweep = new Sweep(server, Duration.ZERO, 100, Clock.systemUTC());
    assertThatThrownBy(() -> sweep.read(OBSERVATIONS, "1", null, this::keep))
        .isInstanceOf(EhrFault.class);
  }
}
