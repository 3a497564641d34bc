package org.carepathway.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was stored as what, kept in a file, so that a load that was cut off goes on and one that is
 * run again stores nothing twice. It holds ids and no data of patients.
 */
final class Journal implements AutoCloseable {

  private static final String OF = "stored at ";

  private final Map<String, String> stored = new ConcurrentHashMap<>();
  private final Writer writer;

  private Journal(Writer writer) {
    this.writer = writer;
  }

  /**
   * @throws LoadStopped where it is of another service
   */
  static Journal open(Path file, String service) throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    if (!lines.isEmpty() && !lines.get(0).equals(OF + service)) {
      throw new LoadStopped(
          "%s is not of %s but '%s'. Name another file with --journal=FILE. Nothing was sent."
              .formatted(file, service, lines.get(0)));
    }
    Journal journal =
        new Journal(
            Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    if (lines.isEmpty()) {
      journal.line(OF + service);
    }
    for (String line : lines) {
      String[] columns = line.split("\t");
      // The last line may have been cut off.
      if (columns.length == 3) {
        journal.stored.put(columns[0], columns[1]);
      }
    }
    if (!lines.isEmpty()) {
      journal.line("");
    }
    return journal;
  }

  boolean isNotStored(Entry entry) {
    return !stored.containsKey(entry.key());
  }

  /** {@code Type/id}; null where it is not stored. */
  String name(Entry entry) {
    return stored.get(entry.key());
  }

  /** Keeps at once what a transaction has stored. */
  synchronized void keep(Map<Entry, String> names) {
    StringBuilder lines = new StringBuilder();
    names.forEach(
        (entry, name) -> {
          stored.put(entry.key(), name);
          lines.append(entry.key()).append('\t').append(name).append("\t.\n");
        });
    try {
      writer.write(lines.toString());
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String text) throws IOException {
    writer.write(text + '\n');
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
