package org.carepathway.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escape;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import java.util.Locale;

/** One repetition of a field. */
record Hl7Field(Type type, EncodingCharacters encoding, Place place) {

  /** In HL7: what was there is to be deleted (2.7 chapter 2.5.3.3). */
  private static final String DELETED = "\"\"";

  /** The text of a component, its first part; null where it is empty. */
  String component(int component) {
    return part(component, 1);
  }

  /** The text of a part of a component; null where it is empty. */
  String part(int component, int part) {
    String text = Terser.getPrimitive(type, component, part).getValue();
    return text == null || text.isBlank() || text.equals(DELETED)
        ? null
        : FormattedText.bytes(text, encoding).strip();
  }

  /** The first component. */
  String text() {
    return component(1);
  }

  boolean isDeleted() {
    return DELETED.equals(Terser.getPrimitive(type, 1, 1).getValue());
  }

  boolean isEmpty() {
    try {
      return type.isEmpty();
    } catch (HL7Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * All of it as text: separators that a sender has not escaped are part of what somebody wrote.
   */
  String whole() {
    return FormattedText.plain(
        Escape.unescape(PipeParser.encode(type, encoding), encoding), encoding);
  }

  /**
   * What makes two fields name the same thing: the code and its system, without the name beside
   * them, which changes with language and version; the words where there is no code.
   */
  String named() {
    String code = component(1);
    if (isDeleted()) {
      return "";
    }
    return code == null
        ? whole().replace(encoding.getComponentSeparator(), ' ').strip().toLowerCase(Locale.ROOT)
        : code + '^' + component(3);
  }

  Hl7Refusal refusal(Hl7Refusal.Fault fault, String text) {
    return Hl7Refusal.at(place, fault, text);
  }

  Hl7Refusal refusal(int component, Hl7Refusal.Fault fault, String text) {
    return Hl7Refusal.at(
        new Place(place.segment(), place.occurrence(), place.field(), component), fault, text);
  }
}
