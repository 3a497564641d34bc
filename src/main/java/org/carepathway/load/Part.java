package org.carepathway.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is sent as one transaction.
 *
 * @param groups of entries; those of a group refer to each other and are stored together or not
 */
record Part(List<List<Entry>> groups) {

  Stream<Entry> entries() {
    return groups.stream().flatMap(List::stream);
  }
}
