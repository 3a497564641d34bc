package org.carepathway.hl7;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Attachment;

/** A file inside a message: OBX-5 of the type ED (2.7 chapter 2A.3.24). */
final class EncodedFile {

  private static final int VALUE = 5;
  private static final int SUBTYPE = 3;
  private static final int ENCODING = 4;
  private static final int DATA = 5;
  private static final Map<String, String> TYPES =
      Map.of(
          "pdf", "application/pdf",
          "jpeg", "image/jpeg",
          "jpg", "image/jpeg",
          "png", "image/png",
          "tiff", "image/tiff",
          "rtf", "text/rtf",
          "html", "text/html",
          "plain", "text/plain");

  private EncodedFile() {}

  static Attachment of(Hl7Segment line) {
    Hl7Field value =
        line.first(VALUE)
            .orElseThrow(
                () -> Hl7Refusal.at(line, VALUE, Hl7Refusal.Fault.MISSING, "The file is missing"));
    String subtype = value.component(SUBTYPE);
    String type = subtype == null ? null : TYPES.get(subtype.toLowerCase(Locale.ROOT));
    if (type == null) {
      throw value.refusal(
          SUBTYPE,
          Hl7Refusal.Fault.UNKNOWN_VALUE,
          "The kind of file is none of " + new TreeSet<>(TYPES.keySet()));
    }
    if (!"BASE64".equalsIgnoreCase(value.component(ENCODING))) {
      throw value.refusal(ENCODING, Hl7Refusal.Fault.UNKNOWN_VALUE, "A file is encoded as Base64");
    }
    if (value.component(DATA) == null) {
      throw value.refusal(DATA, Hl7Refusal.Fault.MISSING, "The content of the file is missing");
    }
    try {
      byte[] data =
          Base64.getDecoder().decode(value.component(DATA).replaceAll("\\s|\\\\.br\\\\", ""));
      return new Attachment().setContentType(type).setData(data);
    } catch (IllegalArgumentException e) {
      throw value.refusal(DATA, Hl7Refusal.Fault.TYPE, "The content of the file is no Base64");
    }
  }
}
