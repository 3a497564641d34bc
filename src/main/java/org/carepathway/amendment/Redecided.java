package org.carepathway.amendment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.carepathway.engine.model.TableTexts;
import org.carepathway.step.Reconsideration.Weighed;

/** What rules would have decided, in the words of the tables. */
final class Redecided {

  private Redecided() {}

  /** Where they would have decided otherwise, such as {@code Discharge: outcome HOME → STAY}. */
  static List<String> of(
      Map<Weighed, Map<String, Object>> before,
      Map<Weighed, Map<String, Object>> after,
      TableTexts tables) {
    List<String> said = new ArrayList<>();
    before.forEach(
        (weighed, was) -> {
          Map<String, Object> is = after.getOrDefault(weighed, Map.of());
          for (String output : new TreeSet<>(was.keySet())) {
            if (!Objects.equals(was.get(output), is.get(output))) {
              said.add(
                  "%s %s: %s → %s"
                      .formatted(
                          tables.names().getOrDefault(weighed.decision(), weighed.decision()),
                          tables.output(weighed.decision(), output),
                          word(was.get(output)),
                          word(is.get(output))));
            }
          }
        });
    return said;
  }

  private static Object word(Object value) {
    return value == null ? "-" : value;
  }
}
