package org.carepathway.book;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.carepathway.book.Change.Difference;
import org.carepathway.book.Change.Way;

/** Every single thing in a book by where it stands, to compare two books. */
public final class Inventory {

  private static final int FINGERPRINT_LENGTH = 16;

  /** By their anchor, in the order of the book. */
  private final Map<String, Thing> things;

  private Inventory(Map<String, Thing> things) {
    this.things = things;
  }

  public static Inventory of(Book book, Language language) {
    return new Inventory(Things.of(book, language));
  }

  /** What is different here from another one, in the order of the book. */
  public List<Change> since(Inventory before) {
    List<Change> changes = new ArrayList<>();
    Stream.concat(things.keySet().stream(), before.things.keySet().stream())
        .distinct()
        .forEach(anchor -> compare(anchor, before.things.get(anchor), changes));
    return List.copyOf(changes);
  }

  /** Tells one state of the book from another, for those who sign it. */
  public String fingerprint() {
    return DigestUtils.sha256Hex(things.toString()).substring(0, FINGERPRINT_LENGTH);
  }

  private void compare(String anchor, Thing before, List<Change> changes) {
    Thing after = things.get(anchor);
    if (before == null || after == null) {
      Thing one = before == null ? after : before;
      Way way = before == null ? Way.ADDED : Way.REMOVED;
      changes.add(new Change(way, anchor, one.kind(), one.name(), one.where(), List.of()));
      return;
    }
    List<Difference> differences = after.since(before);
    if (!differences.isEmpty()) {
      changes.add(
          new Change(Way.CHANGED, anchor, after.kind(), after.name(), after.where(), differences));
    }
  }
}
