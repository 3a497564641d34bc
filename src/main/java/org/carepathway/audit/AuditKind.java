package org.carepathway.audit;

import java.util.Locale;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.Coding;

/** What was done, as AuditEvent.type, subtype and action name it. */
enum AuditKind {
  READ(rest(), fhir("read"), AuditEventAction.R),
  SEARCH(rest(), fhir("search"), AuditEventAction.E),
  WRITE(rest(), fhir("transaction"), AuditEventAction.U),
  /** A file to keep or hand on, such as a letter as a PDF. */
  EXPORT(
      dicom("110106", "Export"),
      new Coding(
          "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle",
          "report",
          "Output/Report Record Lifecycle Event"),
      AuditEventAction.R),
  LOGIN(dicom("110114", "User Authentication"), dicom("110122", "Login"), AuditEventAction.E),
  LOGOUT(dicom("110114", "User Authentication"), dicom("110123", "Logout"), AuditEventAction.E),
  DENIED(
      dicom("110113", "Security Alert"),
      dicom("110132", "Use of Restricted Function"),
      AuditEventAction.E),
  EMERGENCY(
      dicom("110113", "Security Alert"),
      dicom("110127", "Emergency Override Started"),
      AuditEventAction.E),
  START(
      dicom("110100", "Application Activity"),
      dicom("110120", "Application Start"),
      AuditEventAction.E),
  STOP(
      dicom("110100", "Application Activity"),
      dicom("110121", "Application Stop"),
      AuditEventAction.E);

  private final Coding type;
  private final Coding subtype;
  private final AuditEventAction action;

  AuditKind(Coding type, Coding subtype, AuditEventAction action) {
    this.type = type;
    this.subtype = subtype;
    this.action = action;
  }

  Coding type() {
    return type.copy();
  }

  Coding subtype() {
    return subtype.copy();
  }

  AuditEventAction action() {
    return action;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Coding rest() {
    return new Coding(
        "http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "RESTful Operation");
  }

  private static Coding fhir(String code) {
    return new Coding("http://hl7.org/fhir/restful-interaction", code, code);
  }

  private static Coding dicom(String code, String display) {
    return new Coding("http://dicom.nema.org/resources/ontology/DCM", code, display);
  }
}
