package org.carepathway.fhirfeed;

/**
 * Something that an EHR and this service say otherwise.
 *
 * @param number 0 where it is not kept yet
 * @param patient id of our Patient
 * @param theirs {@code Type/id} at the EHR
 * @param kind {@code missing}: it is not here; {@code otherwise}; {@code gone}: it is not there any
 *     more
 * @param said element by element, what is here and what is there
 */
public record Difference(
    long number, String feed, String patient, String theirs, String kind, String said) {

  static final String MISSING = "missing";
  static final String OTHERWISE = "otherwise";
  static final String GONE = "gone";

  static Difference of(String feed, String patient, String theirs, String kind, String said) {
    return new Difference(0, feed, patient, theirs, kind, said);
  }

  public boolean isGone() {
    return kind.equals(GONE);
  }

  String type() {
    return theirs.substring(0, theirs.indexOf('/'));
  }

  String id() {
    return theirs.substring(theirs.indexOf('/') + 1);
  }
}
