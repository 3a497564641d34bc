package org.carepathway.outbox;

import java.util.UUID;

/**
 * What a step has written and a site is to receive.
 *
 * @param patient id of our Patient
 * @param pathwayKey of the pathway's content
 * @param kind name of the row of the table of what is sent
 * @param subject {@code Type/id} of the resource here
 * @param content the resource as it was written, JSON
 */
public record Written(
    String site,
    String patient,
    UUID pathway,
    String pathwayKey,
    String kind,
    String subject,
    String content) {}
