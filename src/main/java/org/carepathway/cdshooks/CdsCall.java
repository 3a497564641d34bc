package org.carepathway.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;

/**
 * What an EHR asks.
 *
 * @param user as the EHR refers to them, such as {@code Practitioner/12}
 * @param patient id of the Patient in the EHR
 * @param orders what is about to be ordered; empty for hooks without
 * @param selected {@code Type/id} of what was selected; null where all counts
 * @param server base of the EHR's FHIR API; null where it is not to be read
 * @param token to read it with; null where there is none
 * @param prefetch what was sent along, by key; a missing node where nothing was
 */
record CdsCall(
    String hook,
    String instance,
    String user,
    String patient,
    Bundle orders,
    List<String> selected,
    String server,
    String token,
    JsonNode prefetch) {

  boolean mayRead() {
    return server != null && token != null;
  }
}
