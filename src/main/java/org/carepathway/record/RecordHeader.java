package org.carepathway.record;

import java.util.UUID;

/**
 * What every write of a pathway's record needs to know of the pathway.
 *
 * @param pathwayId the pathway
 * @param plan the canonical of its PlanDefinition with version, {@code url|version}
 * @param patientId id of the Patient
 */
public record RecordHeader(UUID pathwayId, String plan, String patientId) {}
