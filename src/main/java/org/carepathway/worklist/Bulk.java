package org.carepathway.worklist;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;

/** One action on several items: each by itself, so that one that is refused stops no other. */
public final class Bulk {

  private static final Logger LOG = LoggerFactory.getLogger(Bulk.class);

  private Bulk() {}

  /**
   * An item as somebody saw it.
   *
   * @param version at that time
   */
  public record Seen(UUID id, int version) {

    /**
     * @param text {@code id:version}
     * @throws IllegalArgumentException for other text
     */
    public static Seen parse(String text) {
      String[] parts = text.split(":", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException("no version: " + text);
      }
      return new Seen(UUID.fromString(parts[0]), Integer.parseInt(parts[1]));
    }
  }

  /**
   * @param done how many items the action was done to
   * @param refusals why the others were left as they were, in their order
   */
  public record Outcome(int done, Map<UUID, RuntimeException> refusals) {}

  public static Outcome each(List<Seen> items, BiFunction<UUID, OptionalInt, WorkItem> action) {
    Map<UUID, RuntimeException> refusals = new LinkedHashMap<>();
    for (Seen item : items) {
      try {
        action.apply(item.id(), OptionalInt.of(item.version()));
      } catch (RuntimeException refused) {
        // The items before it are done: a fault must not hide that.
        if (isFault(refused)) {
          LOG.error("task {} was not changed", item.id(), refused);
        }
        refusals.put(item.id(), refused);
      }
    }
    return new Outcome(items.size() - refusals.size(), refusals);
  }

  private static boolean isFault(RuntimeException refused) {
    return refused instanceof BaseServerResponseException known
        ? known.getStatusCode() >= 500
        : !(refused instanceof ConcurrencyFailureException);
  }
}
