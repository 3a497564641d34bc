package org.carepathway.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL started by the service itself, for trials, tests and small sites. Data stay in the
 * folder given; a lock on that folder keeps a second service away from it.
 */
final class BuiltInPostgres implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** Of the file postmaster.pid, counted from 0. */
  private static final int PORT_LINE = 3;

  private final FileChannel lock;
  private final EmbeddedPostgres server;

  /**
   * @throws DatabaseUnavailableException when the folder cannot be written or is already in use
   */
  BuiltInPostgres(Path directory) {
    Path home = directory.toAbsolutePath().normalize();
    Path cluster = cluster(home);
    this.lock = lock(home);
    stopOrphan(cluster);
    try {
      this.server =
          EmbeddedPostgres.builder()
              .setDataDirectory(cluster)
              .setCleanDataDirectory(false)
              // Spring closes this bean last; a hook of its own would stop it under the engine.
              .setRegisterShutdownHook(false)
              .setPGStartupWait(START_LIMIT)
              // The library switches durability off for tests; patient data need it.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("max_connections", "100")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .start();
    } catch (IOException | IllegalStateException e) {
      throw new DatabaseUnavailableException(
          "The built-in PostgreSQL could not be started in " + cluster + ": " + e.getMessage(),
          "Look at the messages above; use an empty folder with carepathway.database.directory, or"
              + " your own PostgreSQL with spring.datasource.url.",
          e);
    }
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  static Path cluster(Path home) {
    return home.resolve("postgresql");
  }

  /** The address of the one that a running service has started in this folder, if any. */
  static Optional<String> running(Path home) {
    Path pidFile = cluster(home).resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(pidFile);
      return process(lines)
          .map(process -> lines.get(PORT_LINE).strip())
          .map("jdbc:postgresql://127.0.0.1:%s/postgres"::formatted);
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    lock.close();
  }

  private static FileChannel lock(Path home) {
    try {
      Files.createDirectories(home);
      FileChannel channel =
          FileChannel.open(
              home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        throw new DatabaseUnavailableException(
            "The folder " + home + " is in use by another running service.",
            "Stop that one first, or choose another folder with carepathway.database.directory.",
            null);
      }
      return channel;
    } catch (IOException e) {
      throw new DatabaseUnavailableException(
          "The folder " + home + " cannot be written: " + e.getMessage(),
          "Give the service's user the right to write there, or choose another folder with"
              + " carepathway.database.directory.",
          e);
    }
  }

  /**
   * A service that was killed leaves its PostgreSQL running. We hold the folder's lock, so nobody
   * else uses it: ask it to stop, as its own crash recovery makes that safe.
   */
  private static void stopOrphan(Path cluster) {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    try {
      process(Files.readAllLines(pidFile))
          .ifPresent(
              process -> {
                process.destroy();
                process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
              });
    } catch (IOException | NumberFormatException | CompletionException e) {
      throw new DatabaseUnavailableException(
          "A PostgreSQL left over from an earlier run still uses " + cluster + ".",
          "Stop the process named in " + pidFile + ", then start again.",
          e);
    }
  }

  private static Optional<ProcessHandle> process(List<String> pidFile) {
    return ProcessHandle.of(Long.parseLong(pidFile.get(0).strip()))
        .filter(process -> process.info().command().orElse("").contains("postgres"));
  }
}
