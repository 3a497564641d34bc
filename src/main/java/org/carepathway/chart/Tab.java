package org.carepathway.chart;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Locale;
import java.util.stream.Stream;

/** A part of the patient page that is read when it is opened. */
enum Tab {
  COURSE,
  MEASURES,
  PLAN,
  DOCUMENTS,
  NOTES,
  RECORD;

  /** As addresses and messages name it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws ResourceNotFoundException (404) where the page has no such part
   */
  static Tab of(String code) {
    return Stream.of(values())
        .filter(tab -> tab.code().equals(code))
        .findFirst()
        .orElseThrow(
            () -> new ResourceNotFoundException("The patient page has no part of this name."));
  }
}
