package org.carepathway.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Sends the parts, several at the same time, each when those that it refers to are stored. Of a
 * part that is refused the entries that the answer names are left out; where it names none, halves
 * are sent, until it is known which entry it is.
 */
final class Sending {

  private final ServiceDoor door;
  private final Sources sources;
  private final LoadFiles files;
  private final Journal journal;
  private final Refused refused;
  private final Progress progress;
  private final SentPatients patients;

  /** By its key, where an entry that was refused is. */
  private final Map<String, String> failed = new ConcurrentHashMap<>();

  /** Why it cannot go on; the others stop for it too. */
  private final AtomicReference<LoadStopped> stop = new AtomicReference<>();

  Sending(
      ServiceDoor door,
      Sources sources,
      LoadFiles files,
      Journal journal,
      Refused refused,
      Progress progress) {
    this.door = door;
    this.sources = sources;
    this.files = files;
    this.journal = journal;
    this.refused = refused;
    this.progress = progress;
    this.patients = new SentPatients(door, files);
  }

  /**
   * @throws LoadStopped when the service cannot be reached or does not know the sender
   */
  void send(List<Part> parts, int connections) {
    int open = (int) parts.stream().flatMap(Part::entries).count();
    progress.begin(sources.entries().size() - open);
    ExecutorService pool = Executors.newFixedThreadPool(connections);
    Map<Entry, CompletableFuture<Void>> sent = new IdentityHashMap<>();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    try {
      for (Part part : parts) {
        CompletableFuture<?>[] first =
            part.entries()
                .flatMap(sources::needed)
                .map(sent::get)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> done =
            CompletableFuture.allOf(first).thenRunAsync(() -> send(part), pool);
        part.entries().forEach(entry -> sent.put(entry, done));
        all.add(done);
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      throw stop.get() == null ? e : stop.get();
    } finally {
      pool.shutdownNow();
    }
  }

  private void send(Part part) {
    if (stop.get() != null) {
      throw stop.get();
    }
    try {
      send(part.groups());
    } catch (LoadStopped e) {
      stop.compareAndSet(null, e);
      throw e;
    }
  }

  private void send(List<List<Entry>> groups) {
    List<List<Entry>> open = groups.stream().filter(this::isFree).toList();
    if (open.isEmpty()) {
      return;
    }
    SentBundle bundle = new SentBundle(sources, files, journal, door.service());
    List<Entry> entries = open.stream().flatMap(List::stream).toList();
    Answer answer = door.send(bundle.of(entries));
    Map<Integer, String> named = answer.refused();
    if (answer.isDone()) {
      stored(entries, answer.body());
    } else if (!named.isEmpty() && named.keySet().stream().allMatch(i -> i < entries.size())) {
      named.forEach((i, reason) -> refuse(entries.get(i), reason));
      send(open);
    } else if (open.size() == 1) {
      open.get(0).forEach(entry -> refuse(entry, answer.reason()));
    } else {
      send(open.subList(0, open.size() / 2));
      send(open.subList(open.size() / 2, open.size()));
    }
  }

  /** What refers to something that was refused, and what refers to that, is refused as well. */
  private boolean isFree(List<Entry> group) {
    String cause =
        group.stream()
            .flatMap(entry -> Stream.concat(Stream.of(entry), sources.needed(entry)))
            .map(needed -> failed.get(needed.key()))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (cause != null) {
      group.stream()
          .filter(entry -> !failed.containsKey(entry.key()))
          .forEach(entry -> refuse(entry, "It refers to what was refused: " + cause + '.'));
    }
    return cause == null;
  }

  private void refuse(Entry entry, String reason) {
    String place = "%s, entry %d".formatted(files.path(entry.file()), entry.place());
    failed.put(entry.key(), entry.name() + " (" + place + ')');
    refused.add(files.path(entry.file()), entry.place(), entry.name(), reason);
  }

  private void stored(List<Entry> entries, JsonNode answer) {
    Map<Entry, String> names = new IdentityHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      JsonNode response = answer.path("entry").path(i).path("response");
      String known = sources.target(entry).known();
      String name =
          known == null
              ? response.path("location").asText().replaceFirst("/_history/.*", "")
              : known;
      String fault = patients.fault(entry, name, response.path("status").asText());
      if (fault == null) {
        names.put(entry, name);
      } else {
        refuse(entry, fault);
      }
    }
    journal.keep(names);
    progress.stored(names.size());
  }
}
