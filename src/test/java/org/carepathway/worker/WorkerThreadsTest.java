package org.carepathway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.TransientDataAccessResourceException;

@ExtendWith(OutputCaptureExtension.class)
class WorkerThreadsTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final WorkerThreads threads = new WorkerThreads();
  private final AtomicInteger turns = new AtomicInteger();

  @AfterEach
  void stop() {
    threads.stop();
  }

  @Test
  void nothingBeginsBeforeTheServiceIsReady() throws Exception {
    threads.add("early", 1, "Nothing", this::count);
    Thread.sleep(50);
    assertThat(turns).hasValue(0);
    threads.begin();
    await().untilAsserted(() -> assertThat(turns).hasValue(1));
  }

  @Test
  void whoRestsIsWokenAndWhoMustNotBeIsNot() throws Exception {
    AtomicInteger left = new AtomicInteger();
    threads.begin();
    Worker resting = threads.add("resting", 1, "Nothing", this::count);
    Worker alone =
        threads.add(
            "alone",
            1,
            "Nothing",
            () -> {
              left.incrementAndGet();
              return Rest.unbroken(LONG);
            });
    await().until(() -> turns.get() == 1 && left.get() == 1);
    resting.wake();
    alone.wake();
    await().untilAsserted(() -> assertThat(turns).hasValue(2));
    Thread.sleep(50);
    assertThat(left).hasValue(1);
  }

  /** What comes while a turn is on its way is not slept over. */
  @Test
  void aCallDuringATurnIsHeardAfterIt() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    threads.begin();
    Worker worker =
        threads.add(
            "busy",
            1,
            "Nothing",
            () -> {
              turns.incrementAndGet();
              begun.countDown();
              held(goOn);
              return Rest.untilWoken(LONG);
            });
    held(begun);
    worker.wake();
    goOn.countDown();
    await().untilAsserted(() -> assertThat(turns).hasValue(2));
  }

  @Test
  void noFaultEndsAThreadAndItIsToldOnceWhileItLasts(CapturedOutput output) {
    threads.begin();
    threads.add(
        "failing",
        1,
        "The queue is not emptied",
        () -> {
          switch (turns.incrementAndGet()) {
            case 1, 2 -> throw new TransientDataAccessResourceException("no database");
            case 3 -> {
              return Rest.NONE;
            }
            case 4 -> throw new StackOverflowError("a message that is too deep");
            default -> {
              return Rest.untilWoken(LONG);
            }
          }
        });
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(turns).hasValue(5));
    assertThat(output.getOut())
        .containsOnlyOnce("not emptied for the moment: TransientDataAccessResourceException")
        .doesNotContain("no database")
        .containsOnlyOnce("a message that is too deep")
        .contains("WorkerThreadsTest");
  }

  @Test
  void whoIsAtWorkMayEndAndWhoHangsIsInterrupted() {
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch atWork = new CountDownLatch(1);
    threads.begin();
    Worker worker =
        threads.add(
            "hanging",
            1,
            "Nothing",
            new Turn() {
              @Override
              public Rest take() {
                atWork.countDown();
                try {
                  Thread.sleep(LONG.toMillis());
                } catch (InterruptedException now) {
                  interrupted.set(true);
                }
                return Rest.NONE;
              }

              @Override
              public void end() {
                ended.set(true);
              }
            });
    held(atWork);
    threads.stop();
    assertThat(worker.isRunning()).isFalse();
    assertThat(interrupted).isTrue();
    assertThat(ended).isTrue();
  }

  private Rest count() {
    turns.incrementAndGet();
    return Rest.untilWoken(LONG);
  }

  private static void held(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
