package org.carepathway.load;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Cuts a load in parts, each after those that it refers to. */
final class Parts {

  private final LoadOptions options;
  private final List<Part> parts = new ArrayList<>();
  private List<List<Entry>> open = new ArrayList<>();
  private int entries;
  private long bytes;
  private boolean named;

  private Parts(LoadOptions options) {
    this.options = options;
  }

  /** Only of what is not stored yet. */
  static List<Part> of(Sources sources, Journal journal, LoadOptions options) {
    List<Entry> all = sources.entries();
    Map<Entry, Integer> places = new IdentityHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      places.put(all.get(i), i);
    }
    List<List<Entry>> groups =
        DependencyOrder.of(
                all.size(), i -> sources.needed(all.get(i)).mapToInt(places::get).toArray())
            .stream()
            .map(group -> group.stream().map(all::get).toList())
            .toList();
    Parts parts = new Parts(options);
    new TurnOrder(sources)
        .of(groups).stream()
            .map(group -> group.stream().filter(journal::isNotStored).toList())
            .filter(group -> !group.isEmpty())
            .forEach(group -> parts.add(group, sources));
    parts.close();
    return parts.parts;
  }

  /** What the service gives an id goes before what refers to it, in a part of its own. */
  private void add(List<Entry> group, Sources sources) {
    boolean unnamed = sources.isUnnamed(group);
    long size = group.stream().mapToLong(Entry::bytes).sum();
    if (!open.isEmpty()
        && (unnamed == named
            || group.get(0).file() != open.get(0).get(0).file() && !unnamed
            || entries + group.size() > options.entries()
            || bytes + size > options.bytes())) {
      close();
    }
    named = !unnamed;
    open.add(group);
    entries += group.size();
    bytes += size;
  }

  private void close() {
    if (!open.isEmpty()) {
      parts.add(new Part(open));
    }
    open = new ArrayList<>();
    entries = 0;
    bytes = 0;
  }
}
