package org.carepathway.hl7;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;

/** Which messages are understood and what each of them tells ({@code messages.csv}). */
final class MessageKinds {

  private static final String FILE = "messages.csv";

  /** What a message can tell. */
  enum Part {
    ENCOUNTER,
    ALLERGIES,
    CONDITIONS,
    ORDERS,
    REFERRAL,
    RESULTS,
    APPOINTMENT,
    DOCUMENT,
    MERGE
  }

  /**
   * @param status of what it tells, such as that of the Encounter; empty where the message says it
   */
  record Kind(Set<Part> parts, String status) {}

  private final Map<String, Kind> kinds = new HashMap<>();

  private MessageKinds() {}

  static MessageKinds of(MappingFiles files) {
    MessageKinds read = new MessageKinds();
    for (CSVRecord row : files.read(FILE)) {
      String where = files.path(FILE) + " row " + row.getRecordNumber();
      EnumSet<Part> parts = EnumSet.noneOf(Part.class);
      for (String part : row.get("tells").split("\\s+")) {
        MappingProblem.require(
            part.isEmpty()
                || Arrays.stream(Part.values()).anyMatch(known -> known.name().equals(part)),
            where,
            "'%s' is nothing that a message can tell; that is: %s."
                .formatted(part, Arrays.toString(Part.values())));
        if (!part.isEmpty()) {
          parts.add(Part.valueOf(part));
        }
      }
      MappingProblem.require(
          row.get("message").matches("[A-Z]{3}\\^[A-Z]\\d\\d"),
          where,
          "A message is named as ADT^A01.");
      read.kinds.put(row.get("message"), new Kind(parts, row.get("status")));
    }
    return read;
  }

  /**
   * @throws Hl7Refusal (AR) where the message is not understood
   */
  Kind require(Hl7Message message) {
    Kind kind = kinds.get(message.kind());
    if (kind == null) {
      String type = message.kind().substring(0, 3);
      boolean isType = kinds.keySet().stream().anyMatch(known -> known.startsWith(type));
      throw Hl7Refusal.at(
          Place.header(9),
          isType ? Hl7Refusal.Fault.EVENT : Hl7Refusal.Fault.MESSAGE_TYPE,
          "Messages of this kind are not taken; those that are: docs/ehr.md");
    }
    return kind;
  }
}
