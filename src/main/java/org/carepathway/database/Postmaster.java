package org.carepathway.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that runs on a data folder. Numbers of processes are used again and other programs
 * may have like names: a process is ours only when it is PostgreSQL and works on this folder.
 */
record Postmaster(Path cluster) {

  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
  private static final Duration TO_END = Duration.ofSeconds(8);
  private static final Duration TO_DIE = Duration.ofSeconds(5);

  /** The one that the folder's postmaster.pid names, unless that is somebody else by now. */
  Optional<ProcessHandle> running() {
    return lines().stream()
        .findFirst()
        .map(String::strip)
        .filter(number -> number.matches("\\d{1,18}"))
        .flatMap(number -> ProcessHandle.of(Long.parseLong(number)))
        .filter(Postmaster::isPostgres)
        .filter(this::isHere);
  }

  /** All lines of postmaster.pid; none when there is no such file. */
  List<String> lines() {
    try {
      return Files.exists(pidFile()) ? Files.readAllLines(pidFile()) : List.of();
    } catch (IOException e) {
      throw new DatabaseUnavailableException(
          "The file " + pidFile() + " cannot be read: " + e.getMessage(),
          "Give the service's user the right to read it.",
          e);
    }
  }

  /**
   * Ends what a service that was killed has left running. Who calls holds the folder's lock, so
   * nobody else uses it, and PostgreSQL's own crash recovery makes it safe.
   */
  void endOrphan() {
    running()
        .ifPresent(
            orphan -> {
              LOG.warn(
                  "A PostgreSQL of an earlier run (process {}) still works on {}: it is ended first.",
                  orphan.pid(),
                  cluster);
              orphan.destroy();
            });
    stop();
    forget();
  }

  /** Waits until one that was asked to end is gone, and kills it when it stays. */
  void stop() {
    running().ifPresent(process -> await(process, TO_END));
    kill();
  }

  /** Ends at once all that works on the folder, and waits until it is gone. */
  void kill() {
    List<ProcessHandle> all = all();
    if (!all.isEmpty()) {
      LOG.warn("PostgreSQL on {} does not end by itself: it is killed.", cluster);
    }
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> await(process, TO_DIE));
  }

  /** PostgreSQL starts a process for each connection; they may outlive the first one. */
  List<ProcessHandle> all() {
    Stream<ProcessHandle> family =
        running().stream().flatMap(first -> Stream.concat(first.descendants(), Stream.of(first)));
    Stream<ProcessHandle> here =
        ProcessHandle.allProcesses()
            .filter(Postmaster::isPostgres)
            .filter(process -> folder(process).filter(this::isCluster).isPresent());
    return Stream.concat(family, here).distinct().toList();
  }

  /** PostgreSQL refuses to start while any process has the number that stands in its old file. */
  private void forget() {
    if (running().isPresent()) {
      throw new DatabaseUnavailableException(
          "A PostgreSQL left over from an earlier run still uses " + cluster + ".",
          "Stop the process named in " + pidFile() + ", then start again.",
          null);
    }
    try {
      if (Files.deleteIfExists(pidFile())) {
        LOG.info("{} named no PostgreSQL of this folder any more: it is removed.", pidFile());
      }
    } catch (IOException e) {
      throw new DatabaseUnavailableException(
          "The file " + pidFile() + " cannot be removed: " + e.getMessage(),
          "Give the service's user the right to do so, or remove it.",
          e);
    }
  }

  /** A process without a command has ended and was not fetched by its parent, or is not ours. */
  private static boolean isPostgres(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command.replace(" (deleted)", "")).getFileName().toString())
        .filter(name -> name.equals("postgres") || name.equals("postgres.exe"))
        .isPresent();
  }

  private boolean isHere(ProcessHandle process) {
    Optional<Path> folder = folder(process);
    if (folder.isEmpty() && process.isAlive()) {
      throw new DatabaseUnavailableException(
          "A PostgreSQL has the process number %d that stands in %s, and it cannot be told whether it works on that folder."
              .formatted(process.pid(), pidFile()),
          "If it does, stop it; if it does not, remove the file. Then start again.",
          null);
    }
    return folder.filter(this::isCluster).isPresent();
  }

  /** PostgreSQL makes its data folder the working directory; else it stands behind -D. */
  private static Optional<Path> folder(ProcessHandle process) {
    try {
      return Optional.of(Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath());
    } catch (IOException elsewhere) {
      List<String> arguments = Arrays.asList(process.info().arguments().orElse(new String[0]));
      int at = arguments.indexOf("-D") + 1;
      return at > 0 && at < arguments.size()
          ? Optional.of(Path.of(arguments.get(at)))
          : Optional.empty();
    }
  }

  private boolean isCluster(Path folder) {
    try {
      return Files.isSameFile(folder, cluster);
    } catch (IOException gone) {
      return false;
    }
  }

  private Path pidFile() {
    return cluster.resolve("postmaster.pid");
  }

  private static void await(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("Process {} did not end within {} s.", process.pid(), limit.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
