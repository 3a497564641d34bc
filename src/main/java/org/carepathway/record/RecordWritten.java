package org.carepathway.record;

import java.util.List;
import org.hl7.fhir.r4.model.Bundle;

/**
 * A transaction has written to a pathway's record; told as an event before its commit.
 *
 * @param resources {@code Type/id} of what was written
 */
public record RecordWritten(RecordHeader header, Trigger trigger, List<String> resources) {

  static RecordWritten of(RecordHeader header, Trigger trigger, Bundle written) {
    return new RecordWritten(
        header,
        trigger,
        written.getEntry().stream().map(entry -> entry.getRequest().getUrl()).toList());
  }
}
