package org.carepathway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;

/** The built-in PostgreSQL dies or hangs under the service. */
@Tag("service")
class DatabaseLossTest {

  private static final Duration NOTICED = Duration.ofSeconds(10);

  @TempDir private Path folder;

  private BuiltInPostgres server;
  private DatabaseWatch watch;
  private Connections pool;
  private Postmaster postmaster;

  @BeforeEach
  void begin() throws Exception {
    server = new BuiltInPostgres(folder);
    postmaster = new Postmaster(BuiltInPostgres.cluster(folder));
    DataSourceProperties properties = new DataSourceProperties();
    properties.setUrl(server.url());
    watch = new DatabaseWatch(new Probe(properties), Optional.of(server));
    pool = properties.initializeDataSourceBuilder().type(Connections.class).build();
    pool.setConnectionTimeout(4_000);
    watch.guard(pool);
    execute("create table kept (what text)");
    execute("insert into kept values ('before')");
  }

  @AfterEach
  void end() throws Exception {
    pool.close();
    watch.close();
    server.close();
  }

  @Test
  void oneThatWasKilledIsStartedAgainWithAllThatWasKept() throws Exception {
    CompletableFuture<String> waiting = CompletableFuture.supplyAsync(this::longQuestion);
    await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 1);

    postmaster.running().orElseThrow().destroyForcibly();

    await("noticed").atMost(NOTICED).until(watch::isAway);
    assertThat(waiting.get(10, TimeUnit.SECONDS)).startsWith("08");
    await("started again").atMost(Duration.ofMinutes(1)).until(() -> !watch.isAway());
    assertThat(kept()).isEqualTo("before");
  }

  @Test
  void nothingWaitsForOneThatHangs() throws Exception {
    CompletableFuture<String> waiting = CompletableFuture.supplyAsync(this::longQuestion);
    await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 1);
    List<ProcessHandle> processes = postmaster.all();

    Signals.halt(processes);

    await("noticed").atMost(NOTICED).until(watch::isAway);
    assertThat(waiting.get(5, TimeUnit.SECONDS)).startsWith("08");
    Instant asked = Instant.now();
    assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(1));

    Signals.goOn(processes);
    await("seen again").atMost(NOTICED).until(() -> !watch.isAway());
    assertThat(kept()).isEqualTo("before");
  }

  @Test
  void aStopDoesNotWaitForOneThatHangs() throws Exception {
    Signals.halt(postmaster.all());
    Instant begin = Instant.now();

    end();

    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(25));
    assertThat(postmaster.all()).isEmpty();
  }

  /** A full pool, or one connection that an administrator ends, is no outage. */
  @Test
  void whatIsNoOutageIsNotTakenForOne() throws Exception {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
              + " and backend_type = 'client backend'");
      await().during(Duration.ofSeconds(3)).until(() -> !watch.isAway());
      statement.execute("select 1");
    }
    assertThat(kept()).isEqualTo("before");
  }

  /** Returns the state of the fault that it ends with. */
  private String longQuestion() {
    try {
      execute("select pg_sleep(120)");
      return "answered";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String kept() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select what from kept")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
