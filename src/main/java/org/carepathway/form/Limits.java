package org.carepathway.form;

import org.hl7.fhir.r4.model.Type;

/**
 * Bounds of an item; each may be null for "none".
 *
 * @param minOccurs fewest repetitions or answers
 * @param maxOccurs most repetitions or answers
 * @param maxLength most characters
 * @param maxDecimalPlaces most digits after the point
 * @param files what an attachment may be; null for other items
 * @param min smallest answer, inclusive; for a quantity a Quantity
 * @param max largest answer, inclusive; for a quantity a Quantity
 */
public record Limits(
    Integer minOccurs,
    Integer maxOccurs,
    Integer maxLength,
    Integer maxDecimalPlaces,
    FileLimits files,
    Type min,
    Type max) {}
