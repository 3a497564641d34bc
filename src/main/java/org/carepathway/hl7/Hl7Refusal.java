package org.carepathway.hl7;

/**
 * A message cannot be taken: the acknowledgement that says so names where and why. The text may be
 * read by whoever connects systems; it repeats nothing that may be of a patient.
 */
final class Hl7Refusal extends RuntimeException {

  /** Codes of HL7 table 0357. */
  enum Fault {
    SEQUENCE("100", "Segment sequence error"),
    MISSING("101", "Required field missing"),
    TYPE("102", "Data type error"),
    UNKNOWN_VALUE("103", "Table value not found"),
    MESSAGE_TYPE("200", "Unsupported message type"),
    EVENT("201", "Unsupported event code"),
    DUPLICATE("205", "Duplicate key identifier"),
    INTERNAL("207", "Application internal error");

    final String code;
    final String text;

    Fault(String code, String text) {
      this.code = code;
      this.text = text;
    }
  }

  private final Fault fault;
  private final Place place;

  private Hl7Refusal(Fault fault, Place place, String text) {
    super(text);
    this.fault = fault;
    this.place = place;
  }

  static Hl7Refusal at(Place place, Fault fault, String text) {
    return new Hl7Refusal(fault, place, text);
  }

  static Hl7Refusal at(Hl7Segment segment, int field, Fault fault, String text) {
    return at(new Place(segment.name(), segment.occurrence(), field, 0), fault, text);
  }

  Fault fault() {
    return fault;
  }

  Place place() {
    return place;
  }

  /** AR for what this service takes from nobody, AE for what is wrong with this message. */
  String acknowledgement() {
    return fault == Fault.MESSAGE_TYPE || fault == Fault.EVENT ? "AR" : "AE";
  }
}
