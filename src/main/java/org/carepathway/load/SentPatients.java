package org.carepathway.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A Patient whose record number is there already is not stored again. That both are the same person
 * is looked at before anything is stored with that patient.
 */
record SentPatients(ServiceDoor door, LoadFiles files) {

  private static final List<String> WHO = List.of("birthDate", "gender");

  /**
   * @param name {@code Type/id} of the stored one
   * @param status of the entry's answer
   * @return why it is another person; null where nothing speaks for that
   */
  String fault(Entry entry, String name, String status) {
    if (!entry.type().equals("Patient")
        || !status.startsWith("200")
        || entry.recordNumber() == null) {
      return null;
    }
    JsonNode there = door.read(name).body();
    JsonNode sent = files.resource(entry);
    return WHO.stream()
        .filter(what -> there.hasNonNull(what) && sent.hasNonNull(what))
        .filter(what -> !there.get(what).asText().equals(sent.get(what).asText()))
        .findFirst()
        .map(
            what ->
                "%s has the same record number and another %s. Whose it is must be found out first."
                    .formatted(name, what))
        .orElse(null);
  }
}
