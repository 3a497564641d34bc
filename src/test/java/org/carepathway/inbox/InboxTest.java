package org.carepathway.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carepathway.RunningService;
import org.carepathway.fhir.FeedStore;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What is kept is handled once, in order for each patient, and never lost. */
class InboxTest extends RunningService {

  private static final String FORMAT = "inbox-test";
  private static final Map<String, java.util.function.Function<InboxMessage, Effect>> SCRIPTS =
      new ConcurrentHashMap<>();

  /** Does what a test says of a source. */
  private static final class Scripted implements InboxHandler {
    @Override
    public String format() {
      return FORMAT;
    }

    @Override
    public Effect handle(InboxMessage message) {
      return SCRIPTS.get(message.received().source()).apply(message);
    }
  }

  @Autowired private Inbox inbox;
  @Autowired private Newest newest;
  @Autowired private FeedStore store;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;
  @Autowired private ConfigurableApplicationContext context;

  private final String source = "test-" + UUID.randomUUID();
  private final List<String> handled = new CopyOnWriteArrayList<>();

  @BeforeEach
  void register() {
    if (!context.getBeanFactory().containsSingleton(FORMAT)) {
      context.getBeanFactory().registerSingleton(FORMAT, new Scripted());
    }
    SCRIPTS.put(
        source,
        message -> {
          handled.add(message.received().messageId());
          return new Effect.Done("done", Set.of());
        });
  }

  private Received message(String id, String lane, String content) {
    return message(id, lane, null, content, null);
  }

  private Received message(String id, String lane, String other, String content, Instant said) {
    return new Received(
        source,
        id,
        FORMAT,
        "TEST",
        source + lane,
        other == null ? null : source + other,
        said,
        content.getBytes(StandardCharsets.UTF_8));
  }

  private void settled(Receipt receipt, State state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(inbox.find(receipt.number()).orElseThrow().state()).isEqualTo(state));
  }

  @Test
  void theSameMessageIsKeptOnceAndAnotherOfItsNumberIsNotAccepted() {
    Receipt first = inbox.keep(message("1", "a", "x"));
    Receipt again = inbox.keep(message("1", "a", "x"));
    Receipt other = inbox.keep(message("1", "a", "y"));

    assertThat(first.kind()).isEqualTo(Receipt.Kind.KEPT);
    assertThat(again).isEqualTo(new Receipt(first.number(), Receipt.Kind.AGAIN));
    assertThat(other).isEqualTo(new Receipt(first.number(), Receipt.Kind.OTHER_CONTENT));
    settled(first, State.DONE);
    assertThat(handled).containsExactly("1");
    assertThat(
            jdbc.queryForList(
                "select accepted::text || ' ' || state || ' ' || convert_from(content, 'UTF8')"
                    + " from inbox_message where source = ? order by id",
                String.class,
                source))
        .containsExactly("true done x", "false dead y");
  }

  @Test
  void sentByThirtyTwoAtOnceItIsHandledOnce() throws Exception {
    ExecutorService many = Executors.newFixedThreadPool(32);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      receipts.add(
          many.submit(
              () -> {
                go.await();
                return inbox.keep(message("1", "a", "x"));
              }));
    }
    go.countDown();
    Set<Long> numbers = new java.util.HashSet<>();
    for (Future<Receipt> receipt : receipts) {
      numbers.add(receipt.get().number());
    }
    many.shutdown();
    assertThat(numbers).hasSize(1);
    settled(receipts.get(0).get(), State.DONE);
    assertThat(handled).containsExactly("1");
  }

  @Test
  void messagesOfAPatientAreHandledInOrderAndOthersDoNotWaitForThem() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    SCRIPTS.put(
        source,
        message -> {
          if (message.received().messageId().equals("a0")) {
            waitFor(open);
          }
          handled.add(message.received().messageId());
          return new Effect.Done("done", Set.of());
        });
    Receipt first = inbox.keep(message("a0", "a", "x"));
    List<String> expected = new ArrayList<>(List.of("a0"));
    for (int i = 1; i <= 50; i++) {
      inbox.keep(message("a" + i, "a", "x"));
      expected.add("a" + i);
    }
    Receipt merge = inbox.keep(message("ab", "b", "a", "x", null));
    Receipt behind = inbox.keep(message("b", "b", "x"));
    Receipt other = inbox.keep(message("c", "c", "x"));

    settled(other, State.DONE);
    assertThat(inbox.find(first.number()).orElseThrow().state()).isEqualTo(State.NEW);
    assertThat(inbox.find(behind.number()).orElseThrow().state()).isEqualTo(State.NEW);
    open.countDown();
    settled(behind, State.DONE);
    settled(merge, State.DONE);
    expected.add("ab");
    expected.add("b");
    assertThat(handled).filteredOn(id -> !id.equals("c")).containsExactlyElementsOf(expected);
  }

  @Test
  void aPoisonMessageGoesToTheDeadLettersAndTheStreamGoesOn() {
    SCRIPTS.put(
        source,
        message -> {
          if (message.received().messageId().equals("1")) {
            jdbc.update("insert into inbox_newest values (?, now(), 1)", source);
            throw new UnprocessableEntityException("OBX-5 is no number");
          }
          handled.add(message.received().messageId());
          return new Effect.Done("done", Set.of());
        });
    Receipt poison = inbox.keep(message("1", "a", "x"));
    Receipt next = inbox.keep(message("2", "a", "x"));

    settled(next, State.DONE);
    assertThat(inbox.find(poison.number()).orElseThrow())
        .satisfies(
            dead -> {
              assertThat(dead.state()).isEqualTo(State.DEAD);
              assertThat(dead.said()).isEqualTo("OBX-5 is no number");
              assertThat(dead.received().content()).asString().isEqualTo("x");
            });
    assertThat(jdbc.queryForList("select 1 from inbox_newest where subject = ?", source))
        .as("what it wrote is taken back")
        .isEmpty();
  }

  @Test
  void whatFailsForAMomentIsTriedAgainAndDoneOnce() {
    SCRIPTS.put(
        source,
        message -> {
          if (message.attempts() < 2) {
            throw new IllegalStateException("for a moment");
          }
          handled.add(message.received().messageId());
          return new Effect.Done("done", Set.of());
        });
    Receipt receipt = inbox.keep(message("1", "a", "x"));

    settled(receipt, State.DONE);
    assertThat(inbox.find(receipt.number()).orElseThrow().attempts()).isEqualTo(2);
    assertThat(handled).containsExactly("1");
  }

  @Test
  void aMessageThatEndsTheServiceAgainAndAgainIsNotTriedForEver() {
    inbox.pause(source, "integration");
    Receipt receipt = inbox.keep(message("1", "a", "x"));
    jdbc.update("update inbox_message set attempts = 6 where id = ?", receipt.number());
    inbox.resume(source);
    settled(receipt, State.DEAD);
    assertThat(handled).isEmpty();
    assertThat(inbox.find(receipt.number()).orElseThrow().said())
        .startsWith("The service ended each time");

    inbox.replay(receipt.number(), "integration");
    settled(receipt, State.DONE);
    assertThat(handled).containsExactly("1");
  }

  @Test
  void whileAnAttemptIsTakenBackNobodyTriesTheSame() {
    SCRIPTS.put(
        source,
        message -> {
          handled.add(message.received().messageId());
          if (message.attempts() < 3) {
            throw new IllegalStateException("for a moment");
          }
          return new Effect.Done("done", Set.of());
        });
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      receipts.add(inbox.keep(message("m" + i, "lane" + i, "x")));
    }
    receipts.forEach(receipt -> settled(receipt, State.DONE));
    assertThat(handled).hasSize(80);
  }

  @Test
  void aReplayNeverOverwritesWhatIsNewerAndSaysSo() {
    boolean[] broken = {true};
    SCRIPTS.put(
        source,
        message -> {
          if (broken[0] && message.received().messageId().equals("old")) {
            throw new UnprocessableEntityException("no");
          }
          return newest.isNewest(source, message)
              ? new Effect.Done("written", Set.of())
              : new Effect.Done("not written: something newer is there", Set.of());
        });
    Instant then = Instant.parse("2026-01-01T10:00:00Z");
    Receipt old = inbox.keep(message("old", "a", null, "x", then));
    settled(old, State.DEAD);
    settled(inbox.keep(message("new", "a", null, "y", then.plusSeconds(1))), State.DONE);

    broken[0] = false;
    assertThat(inbox.replay(old.number(), "integration")).isTrue();
    settled(old, State.DONE);
    assertThat(inbox.find(old.number()).orElseThrow().said()).startsWith("not written");
    assertThat(inbox.replay(old.number(), "integration")).as("what is done stays done").isFalse();
  }

  @Test
  void whatWaitsForAPatientIsHandledOnceTheyAreKnown() {
    String number = UUID.randomUUID().toString();
    boolean[] known = {false};
    SCRIPTS.put(
        source,
        message -> {
          handled.add(message.received().messageId());
          return known[0]
              ? new Effect.Done("done", Set.of())
              : new Effect.Held("the patient is not known here");
        });
    Received early =
        new Received(source, "1", FORMAT, "TEST", "urn:x|" + number, null, null, new byte[] {'x'});
    Receipt receipt = inbox.keep(early);
    settled(receipt, State.HELD);

    known[0] = true;
    Patient patient = new Patient();
    patient.addIdentifier().setSystem("urn:x").setValue(number);
    patient.addName().setFamily("Early");
    transaction.executeWithoutResult(status -> store.of(source).create(patient));
    settled(receipt, State.DONE);
    assertThat(handled).containsExactly("1", "1");
  }

  @Test
  void aPausedSourceIsKeptAndNotHandled() throws Exception {
    inbox.pause(source, "integration");
    Receipt receipt = inbox.keep(message("1", "a", "x"));
    Thread.sleep(1500);
    assertThat(inbox.find(receipt.number()).orElseThrow().state()).isEqualTo(State.NEW);
    inbox.resume(source);
    settled(receipt, State.DONE);
  }

  private static void waitFor(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
