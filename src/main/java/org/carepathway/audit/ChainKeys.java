package org.carepathway.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The keys along a chain. After a newer one an older one must not come again: who has got hold of a
 * former secret could write the newest events anew with it.
 */
final class ChainKeys {

  private final Map<String, ChainHash> hashes;

  /** The newer a key, the smaller its number. */
  private final Map<String, Integer> ages;

  private final String present;
  private int newest = Integer.MAX_VALUE;
  private String last = "";

  ChainKeys(AuditKeys keys) {
    this.present = keys.present().id();
    this.hashes =
        keys.all().stream()
            .filter(key -> !key.isLost())
            .collect(Collectors.toMap(AuditKey::id, key -> new ChainHash(key.secret())));
    this.ages =
        IntStream.range(0, keys.all().size())
            .boxed()
            .collect(Collectors.toMap(n -> keys.all().get(n).id(), n -> n));
  }

  /**
   * Those that a link may have been made with.
   *
   * @param id empty for a link of before ids were kept
   */
  Iterable<ChainHash> of(String id) {
    return id.isEmpty() ? hashes.values() : List.of(hashes.get(id));
  }

  boolean isMissing(String id) {
    return !id.isEmpty() && !hashes.containsKey(id);
  }

  /** Notes the key of the next link; tells what is wrong with that. */
  Optional<String> used(String id, long position) {
    int age = ages.getOrDefault(id, Integer.MAX_VALUE);
    boolean isOlder = !id.equals(last) && age > newest;
    newest = Math.min(newest, age);
    last = id;
    return isOlder
        ? Optional.of("From %d on a former key was used again: %s.".formatted(position, id))
        : Optional.empty();
  }

  /** What is wrong with the key of the last link. */
  Optional<String> end(long position) {
    return position == 0 || last.isEmpty() || last.equals(present)
        ? Optional.empty()
        : Optional.of(
            ("The chain ends with the former key %s. After a new one (%s) was set the service links"
                    + " its start with it: the newest events were replaced, or it was not started.")
                .formatted(last, present));
  }
}
