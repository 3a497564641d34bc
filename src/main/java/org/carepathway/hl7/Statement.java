package org.carepathway.hl7;

import java.util.List;
import java.util.function.Consumer;
import org.carepathway.record.StableIds;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a message says of one resource.
 *
 * @param numbers by which the resource may be known here already, the surest first
 * @param id under which it is stored else: the same number is the same resource
 * @param fill writes it into the resource as it is known, or into a new one
 */
record Statement(String type, List<Identifier> numbers, String id, Consumer<Resource> fill) {

  /**
   * @param key what makes it the same resource
   */
  static Statement of(String type, List<String> key, Consumer<Resource> fill) {
    return new Statement(
        type,
        List.of(),
        StableIds.of("hl7v2\n" + type + '\n' + String.join("\n", key)).toString(),
        fill);
  }

  Statement known(List<Identifier> by) {
    return new Statement(type, by, id, fill);
  }

  /** A number as part of a key. */
  static String key(Identifier number, String feed) {
    return (number.hasSystem() ? number.getSystem() : feed) + '|' + number.getValue();
  }
}
