package org.carepathway.form;

/**
 * An Expression (R4 2.24.0.16) with a name.
 *
 * @param name the variable that takes the result; may be null for a population context
 * @param query whether it is an x-fhir-query and not FHIRPath
 */
public record NamedExpression(String name, boolean query, String expression) {}
