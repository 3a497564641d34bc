package org.carepathway.pathway;

import java.time.Instant;
import java.util.UUID;
import org.carepathway.record.RecordHeader;

/**
 * A patient's way through a pathway.
 *
 * @param id the engine's business key
 * @param key of the pathway, e.g. the folder of its content
 * @param version of the content it was started with and keeps
 * @param referralId id of the ServiceRequest that started it
 * @param status {@code active}, {@code completed} or {@code cancelled}
 * @param outcome code of CodeSystem {@code pathway-outcome}; null while active
 */
public record Pathway(
    UUID id,
    String key,
    String version,
    String patientId,
    String referralId,
    String carePlanId,
    String episodeId,
    String status,
    String outcome,
    Instant startedAt,
    Instant endedAt) {

  public boolean isActive() {
    return "active".equals(status);
  }

  /** The same at its end. */
  Pathway ended(String how, String code, Instant at) {
    return new Pathway(
        id, key, version, patientId, referralId, carePlanId, episodeId, how, code, startedAt, at);
  }

  RecordHeader header(String plan) {
    return new RecordHeader(id, plan, patientId);
  }
}
