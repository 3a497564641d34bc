package org.carepathway.hl7;

/**
 * A line of {@code segments.csv}: what of a message becomes what of a resource.
 *
 * @param resource type of the resource
 * @param component of the field, that is read as if it were the field; 0 for the field
 * @param to the element, from the resource on
 * @param as name of the conversion, after a colon what it needs
 * @param where file and line, for who corrects it
 */
record MappingRow(
    String resource, String segment, int field, int component, String to, String as, String where) {

  String conversion() {
    return as.split(":", 2)[0];
  }

  String argument() {
    return as.contains(":") ? as.split(":", 2)[1] : "";
  }
}
