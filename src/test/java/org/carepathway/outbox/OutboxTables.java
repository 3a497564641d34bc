package org.carepathway.outbox;

import java.io.IOException;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox and its tables without the rest of the service. */
public final class OutboxTables {

  private OutboxTables() {}

  public static void create(DataSource database) throws IOException {
    ResourceDatabasePopulator scripts = new ResourceDatabasePopulator();
    PathMatchingResourcePatternResolver files = new PathMatchingResourcePatternResolver();
    Stream.concat(
            Stream.of(files.getResources("classpath:db/migration/V79__*.sql")),
            Stream.of(files.getResources("classpath:db/migration/V*__outbox*.sql")))
        .sorted(Comparator.comparingInt(script -> number(script.getFilename())))
        .forEach(scripts::addScript);
    scripts.execute(database);
  }

  private static int number(String script) {
    return Integer.parseInt(script.substring(1, script.indexOf("__")));
  }

  public static Outbox outbox(
      JdbcTemplate jdbc, TransactionTemplate transaction, Consumer<Object> events) {
    return new Outbox(
        new OutboxRows(jdbc),
        new OutboxTurns(jdbc),
        new SentRows(jdbc),
        transaction,
        events::accept);
  }

  public static DriftRows drift(JdbcTemplate jdbc) {
    return new DriftRows(jdbc);
  }

  public static SentRows sent(JdbcTemplate jdbc) {
    return new SentRows(jdbc);
  }
}
