package org.carepathway.fhir;

/** Marks a bean with {@code @Hook} methods that the FHIR server calls. */
public interface FhirInterceptor {}
