package org.carepathway.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of a load: read through once for what they hold, and again when it is sent. */
final class LoadFiles {

  /** Of so many files the content is kept: what is sent together is mostly in one. */
  private static final int KEPT = 6;

  private final List<Path> files;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Integer, List<JsonNode>> contents =
      new LinkedHashMap<>(KEPT, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, List<JsonNode>> eldest) {
          return size() > KEPT;
        }
      };

  private LoadFiles(List<Path> files) {
    this.files = files;
  }

  /** What cannot be read is refused, and the rest taken. */
  static LoadFiles read(List<Path> named, Refused refused) throws IOException {
    LoadFiles files = new LoadFiles(list(named));
    for (int file = 0; file < files.files.size(); file++) {
      List<JsonNode> content = files.content(file, refused);
      for (int i = 0; i < content.size(); i++) {
        JsonNode entry = content.get(i);
        if (entry.path("resource").isObject()) {
          files.entries.add(EntryReader.read(file, i + 1, entry));
        } else if (!entry.isMissingNode()) {
          refused.add(files.path(file), i + 1, "", "This entry has no resource.");
        }
      }
    }
    return files;
  }

  List<Entry> entries() {
    return entries;
  }

  Path path(int file) {
    return files.get(file);
  }

  /** The resource of an entry, free to be changed. */
  synchronized JsonNode resource(Entry entry) {
    try {
      return content(entry.file(), null).get(entry.place() - 1).path("resource").deepCopy();
    } catch (IOException e) {
      throw new LoadStopped(path(entry.file()) + " can be read no more: " + e.getMessage());
    }
  }

  private List<JsonNode> content(int file, Refused refused) throws IOException {
    List<JsonNode> known = contents.get(file);
    if (known == null) {
      known = FileContent.of(files.get(file), refused);
      contents.put(file, known);
    }
    return known;
  }

  private static List<Path> list(List<Path> named) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> inside = Files.walk(path)) {
          inside
              .filter(file -> file.toString().matches(".*\\.(json|ndjson|jsonl)"))
              .sorted()
              .forEach(all::add);
        }
      } else if (Files.exists(path)) {
        all.add(path);
      } else {
        throw new LoadStopped("There is no file " + path + ". Nothing was sent.");
      }
    }
    return all;
  }
}
