package org.carepathway.form;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/**
 * Says in words where the answers of a field come from.
 *
 * @param reading names a source
 */
record Sourced(Sources sources, Function<Resource, String> reading) {

  /** Null where they do not come from one. */
  String text(String linkId, List<Type> values) {
    return values.stream()
        .map(value -> sources.find(linkId, value))
        .flatMap(Optional::stream)
        .findFirst()
        .map(reading)
        .orElse(null);
  }
}
