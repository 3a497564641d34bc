package org.carepathway.fhirfeed;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is asked of each patient: a type, and parameters where an EHR wants them.
 *
 * @param text as it is set, such as {@code Observation?category=laboratory}
 * @param more further parameters
 */
record Question(String text, String type, List<Map.Entry<String, String>> more) {

  /**
   * @throws IllegalArgumentException where it is no such question
   */
  static Question of(String text) {
    String[] parts = text.strip().split("\\?", 2);
    List<Map.Entry<String, String>> more =
        Stream.of(parts.length == 1 ? new String[0] : parts[1].split("&"))
            .map(
                one -> {
                  String[] both = one.split("=", 2);
                  if (both.length < 2 || both[0].isBlank() || both[1].isBlank()) {
                    throw new IllegalArgumentException(one);
                  }
                  return Map.entry(both[0], both[1]);
                })
            .toList();
    return new Question(text.strip(), parts[0], more);
  }

  /**
   * @param patient id in the EHR
   * @param since only what was stored since; null for all
   * @param page resources of an answer
   */
  List<Map.Entry<String, String>> parameters(String patient, Instant since, int page) {
    List<Map.Entry<String, String>> all = new ArrayList<>(more);
    all.add(Map.entry("patient", patient));
    if (since != null) {
      all.add(Map.entry("_lastUpdated", "ge" + since.truncatedTo(ChronoUnit.SECONDS)));
    }
    all.add(Map.entry("_count", Integer.toString(page)));
    return all;
  }
}
