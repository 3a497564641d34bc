package org.carepathway.form;

import java.util.List;
import org.hl7.fhir.r4.model.Coding;

/** The codes of a value set, with displays, in the order in which a list shows them. */
@FunctionalInterface
public interface ValueSetLookup {

  /**
   * @param canonical as in {@code answerValueSet}, with or without a version
   * @return empty when the value set is not known
   */
  List<Coding> codings(String canonical);
}
