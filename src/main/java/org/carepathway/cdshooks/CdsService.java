package org.carepathway.cdshooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * A service as the discovery tells of it.
 *
 * @param id last part of its address; the same for hooks whose cards replace each other
 * @param prefetch key to FHIR query
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record CdsService(
    String hook,
    String title,
    String description,
    String id,
    Map<String, String> prefetch,
    String usageRequirements) {}
