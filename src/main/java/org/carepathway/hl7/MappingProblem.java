package org.carepathway.hl7;

import org.carepathway.startup.StartUpException;

/** What is wrong with a row of the mapping, so that the service does not start with it. */
final class MappingProblem {

  private MappingProblem() {}

  static void require(boolean holds, String where, String remedy) {
    if (!holds) {
      throw at(where, remedy);
    }
  }

  static StartUpException at(String where, String remedy) {
    return new StartUpException("The mapping of HL7 v2 is wrong: " + where, remedy, null);
  }
}
