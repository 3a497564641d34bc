package org.carepathway.inbox;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.carepathway.mllp.MllpPort;
import org.carepathway.mllp.PortOptions;
import org.carepathway.worker.WorkerThreads;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A process with the port, the inbox and its threads, and nothing else: it starts in a second, so
 * that it can be killed often. Its handler writes one row for each message, in the transaction that
 * ends the message, as the handlers of the service do. A message is {@code id|lane|number}.
 */
public final class InboxProcess {

  private static final String FORMAT = "killed";

  private InboxProcess() {}

  /**
   * @param arguments address of the database, port to listen at
   */
  public static void main(String[] arguments) throws Exception {
    HikariDataSource database = new HikariDataSource();
    database.setJdbcUrl(arguments[0]);
    database.setUsername("postgres");
    database.setConnectionTimeout(2000);
    JdbcTemplate jdbc = new JdbcTemplate(database);
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    InboxRows rows = new InboxRows(jdbc);
    InboxSettings settings = new InboxSettings(3, 20, Duration.ofMillis(50), Duration.ofDays(1));
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("handler", new Writing(jdbc));
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    WorkerThreads threads = new WorkerThreads();
    InboxWork work =
        new InboxWork(
            new Attempts(
                new TurnRows(jdbc),
                rows,
                settings,
                transaction,
                beans.getBeanProvider(InboxHandler.class),
                meters),
            rows,
            settings,
            threads);
    Inbox inbox =
        new Inbox(
            new ArrivalRows(jdbc),
            rows,
            transaction,
            event -> work.changed((InboxChanged) event),
            meters);
    threads.begin();
    MllpPort.open(
        new PortOptions(
            "killed",
            InetAddress.getLoopbackAddress(),
            Integer.parseInt(arguments[1]),
            address -> true,
            null,
            1 << 20,
            Duration.ofSeconds(10),
            32),
        (content, isWhole) -> keep(inbox, content));
    Thread.currentThread().join();
  }

  private static byte[] keep(Inbox inbox, byte[] content) {
    String[] parts = new String(content, StandardCharsets.UTF_8).split("\\|");
    try {
      inbox.keep(new Received("killed", parts[0], FORMAT, "TEST", parts[1], null, null, content));
      return ("AA|" + parts[0]).getBytes(StandardCharsets.UTF_8);
    } catch (RuntimeException databaseIsAway) {
      return ("AE|" + parts[0]).getBytes(StandardCharsets.UTF_8);
    }
  }

  private record Writing(JdbcTemplate jdbc) implements InboxHandler {
    @Override
    public String format() {
      return FORMAT;
    }

    @Override
    public Effect handle(InboxMessage message) {
      String[] parts =
          new String(message.received().content(), StandardCharsets.UTF_8).split("\\|");
      jdbc.update(
          "insert into effect (lane, number) values (?, ?)", parts[1], Integer.valueOf(parts[2]));
      return new Effect.Done("done", Set.of());
    }
  }
}
