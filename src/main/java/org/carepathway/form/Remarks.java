package org.carepathway.form;

import java.util.List;

/** What is said beside an item: what must be put right, and what to look at again. */
public record Remarks(List<String> errors, List<String> warnings) {

  public boolean isEmpty() {
    return errors.isEmpty() && warnings.isEmpty();
  }
}
