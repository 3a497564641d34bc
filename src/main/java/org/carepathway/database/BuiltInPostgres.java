package org.carepathway.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL started by the service itself, for trials, tests and small sites. Data stay in the
 * folder given; a lock on that folder keeps a second service away from it.
 */
final class BuiltInPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BuiltInPostgres.class);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** It answers a question that needs no disk within this time, or never. */
  private static final Duration HANGS = Duration.ofSeconds(30);

  /** Of the file postmaster.pid, counted from 0. */
  private static final int PORT_LINE = 3;

  private final Postmaster postmaster;
  private final FolderLock lock;
  private volatile EmbeddedPostgres server;

  /**
   * @throws DatabaseUnavailableException when the folder cannot be written or is already in use
   */
  BuiltInPostgres(Path directory) {
    Path home = directory.toAbsolutePath().normalize();
    this.postmaster = new Postmaster(cluster(home));
    this.lock = FolderLock.of(home);
    postmaster.endOrphan();
    this.server = start(0);
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  static Path cluster(Path home) {
    return home.resolve("postgresql");
  }

  /** The address of the one that a running service has started in this folder, if any. */
  static Optional<String> running(Path home) {
    Postmaster postmaster = new Postmaster(cluster(home));
    List<String> lines = postmaster.lines();
    return postmaster
        .running()
        .filter(process -> lines.size() > PORT_LINE)
        .map(process -> lines.get(PORT_LINE).strip())
        .map("jdbc:postgresql://127.0.0.1:%s/postgres"::formatted);
  }

  /**
   * Starts it again, at the same address, when it has ended or hangs.
   *
   * @param silent for how long it has not answered
   */
  void restore(Duration silent) {
    boolean ended = postmaster.running().isEmpty();
    if (!ended && silent.compareTo(HANGS) < 0) {
      return;
    }
    LOG.error(
        "The built-in PostgreSQL in {} {}: it is started again.",
        postmaster.cluster(),
        ended ? "has ended" : "hangs");
    postmaster.kill();
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("What was left of the built-in PostgreSQL: {}", e.getMessage());
    }
    postmaster.endOrphan();
    server = start(server.getPort());
  }

  /** It does not answer, and the service stops: nothing is asked of it any more. */
  void giveUp() {
    postmaster.kill();
  }

  @Override
  public void close() throws IOException {
    server.close();
    // It may have more to write than the library waits for; one that hangs is killed.
    postmaster.stop();
    lock.close();
  }

  /**
   * @param port 0: any that is free
   */
  private EmbeddedPostgres start(int port) {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(postmaster.cluster())
          .setCleanDataDirectory(false)
          .setPort(port)
          // Spring closes this bean last; a hook of its own would stop it under the engine.
          .setRegisterShutdownHook(false)
          .setPGStartupWait(START_LIMIT)
          .setConnectConfig("connectTimeout", "5")
          .setConnectConfig("socketTimeout", "5")
          // The library switches durability off for tests; patient data need it.
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .setServerConfig("max_connections", "100")
          .setServerConfig("listen_addresses", "127.0.0.1")
          .start();
    } catch (IOException | IllegalStateException e) {
      throw new DatabaseUnavailableException(
          "The built-in PostgreSQL could not be started in "
              + postmaster.cluster()
              + ": "
              + e.getMessage(),
          "Look at the messages above; use an empty folder with carepathway.database.directory, or"
              + " your own PostgreSQL with spring.datasource.url.",
          e);
    }
  }
}
