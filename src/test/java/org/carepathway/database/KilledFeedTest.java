package org.carepathway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carepathway.OwnFolder;
import org.carepathway.inbox.InboxProcess;
import org.carepathway.mllp.LastingSender;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.util.FileSystemUtils;

/**
 * The process that keeps and handles messages is killed (SIGKILL), and PostgreSQL under it, at
 * random moments while messages come: each that was acknowledged is there once and had its effect
 * once, those of a patient in their order. {@code -Pfaults} does so more often.
 */
@Tag("service")
class KilledFeedTest {

  private static final int PROCESS = Integer.getInteger("faults.process", 4);
  private static final int DATABASE = Integer.getInteger("faults.database", 1);
  private static final long SEED = Long.getLong("faults.seed", 19);

  /** Five senders with a pause of 100 ms: up to 50 messages a second. */
  private static final int SENDERS = 5;

  private static final int PAUSE_MILLIS = 100;
  private static final int LANES = 4;
  private static final int CALM_MILLIS = 1500;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private enum Victim {
    PROCESS,
    DATABASE
  }

  private final Path home = OwnFolder.of("killed-feed");
  private final Random random = new Random(SEED);

  @Test
  void whatIsAcknowledgedIsThereOnceHasItsEffectOnceAndInOrder() throws Exception {
    FileSystemUtils.deleteRecursively(home);
    try (BuiltInPostgres postgres = new BuiltInPostgres(home)) {
      JdbcTemplate jdbc = new JdbcTemplate(tables(postgres.url()));
      int port = freePort();
      List<LastingSender> senders =
          IntStream.range(0, SENDERS)
              .mapToObj(n -> new LastingSender(port, lanes(n), PAUSE_MILLIS))
              .toList();
      List<Thread> threads = senders.stream().map(Thread::new).toList();
      threads.forEach(Thread::start);
      Process process = start(postgres.url(), port);
      for (Victim victim : victims()) {
        int before = acknowledged(senders);
        Process running = process;
        await()
            .atMost(PATIENCE)
            .failFast("the process ended by itself", () -> !running.isAlive())
            .until(() -> acknowledged(senders) > before);
        Thread.sleep(random.nextInt(CALM_MILLIS));
        if (victim == Victim.PROCESS) {
          process.destroyForcibly().waitFor();
          process = start(postgres.url(), port);
        } else {
          new Postmaster(BuiltInPostgres.cluster(home)).kill();
          postgres.restore(Duration.ZERO);
        }
      }
      senders.forEach(LastingSender::end);
      for (Thread thread : threads) {
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).as("a sender has got no answer").isFalse();
      }
      await().atMost(PATIENCE).until(() -> count(jdbc, "state = 'new'") == 0);
      process.destroyForcibly().waitFor();
      judge(jdbc, senders);
    }
  }

  private List<Victim> victims() {
    List<Victim> victims = new ArrayList<>(Collections.nCopies(PROCESS, Victim.PROCESS));
    victims.addAll(Collections.nCopies(DATABASE, Victim.DATABASE));
    Collections.shuffle(victims, random);
    return victims;
  }

  /** Everything that was sent was acknowledged in the end. */
  private static void judge(JdbcTemplate jdbc, List<LastingSender> senders) {
    int sent = acknowledged(senders);
    for (LastingSender sender : senders) {
      sender
          .last()
          .forEach(
              (lane, last) ->
                  assertThat(
                          jdbc.queryForList(
                              "select number from effect where lane = ? order by id",
                              Integer.class,
                              lane))
                      .as("effects of %s, in order, once", lane)
                      .isEqualTo(IntStream.rangeClosed(1, last).boxed().toList()));
    }
    assertThat(count(jdbc, "state = 'done' and accepted")).isEqualTo(sent);
    assertThat(count(jdbc, "true")).isEqualTo(sent);
    System.out.printf(
        "%d kills of the process, %d of PostgreSQL (seed %d): %d messages acknowledged,"
            + " %d repeated by their sender, %d found again by the inbox%n",
        PROCESS,
        DATABASE,
        SEED,
        sent,
        senders.stream().mapToInt(LastingSender::repeats).sum(),
        jdbc.queryForObject("select sum(times - 1) from inbox_message", Integer.class));
  }

  private static int acknowledged(List<LastingSender> senders) {
    return senders.stream()
        .map(LastingSender::last)
        .map(Map::values)
        .flatMap(java.util.Collection::stream)
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static List<String> lanes(int sender) {
    return IntStream.range(0, LANES).mapToObj(n -> "p" + (sender * LANES + n)).toList();
  }

  private static int count(JdbcTemplate jdbc, String condition) {
    return jdbc.queryForObject(
        "select count(*) from inbox_message where " + condition, Integer.class);
  }

  /** Those of the inbox, as the service makes them, and one for the effects. */
  private static DriverManagerDataSource tables(String url) throws IOException {
    DriverManagerDataSource database = new DriverManagerDataSource(url);
    ResourceDatabasePopulator scripts = new ResourceDatabasePopulator();
    Stream.of(
            new PathMatchingResourcePatternResolver()
                .getResources("classpath:db/migration/V*__inbox*.sql"))
        .sorted(Comparator.comparing(Resource::getFilename))
        .forEach(scripts::addScript);
    scripts.execute(database);
    new JdbcTemplate(database)
        .execute("create table effect (id bigserial, lane text not null, number int not null)");
    return database;
  }

  private static Process start(String url, int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx200m",
            "-cp",
            System.getProperty("java.class.path"),
            InboxProcess.class.getName(),
            url,
            Integer.toString(port))
        .redirectErrorStream(true)
        .redirectOutput(OwnFolder.file("killed-feed.log"))
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
