package org.carepathway.hl7;

/**
 * A place in a message.
 *
 * @param segment its name
 * @param occurrence of the segment, from 1
 * @param field from 1; 0 for the segment
 * @param component from 1; 0 for the field
 */
record Place(String segment, int occurrence, int field, int component) {

  static final Place HEADER = new Place("MSH", 1, 0, 0);

  static Place header(int field) {
    return new Place("MSH", 1, field, 0);
  }

  @Override
  public String toString() {
    return segment
        + (occurrence > 1 ? "(" + occurrence + ")" : "")
        + (field > 0 ? "-" + field : "")
        + (component > 0 ? "." + component : "");
  }
}
