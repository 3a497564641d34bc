package org.carepathway.form;

import org.hl7.fhir.r4.model.Resource;

/**
 * A resource made of a response.
 *
 * @param resource carries its final id and type
 * @param repetition counts from 0 for each template, in the order of the response
 */
public record Extracted(Resource resource, String templateId, int repetition) {}
