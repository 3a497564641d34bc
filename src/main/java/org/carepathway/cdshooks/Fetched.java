package org.carepathway.cdshooks;

import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;

/**
 * All that the EHR has told for one call.
 *
 * @param patient as the EHR knows them
 * @param found key of the prefetch to what it found
 * @param drugs the Medications that orders and findings refer to
 */
record Fetched(Patient patient, Map<String, Bundle> found, Bundle drugs) {}
