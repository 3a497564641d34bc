package org.carepathway.form;

import java.util.List;
import java.util.stream.Stream;

/** What is said beside an item: what must be put right, and what to look at again. */
public record Remarks(List<String> errors, List<String> warnings) {

  public boolean isEmpty() {
    return errors.isEmpty() && warnings.isEmpty();
  }

  /** Errors first. */
  public Stream<String> all() {
    return Stream.concat(errors.stream(), warnings.stream());
  }
}
