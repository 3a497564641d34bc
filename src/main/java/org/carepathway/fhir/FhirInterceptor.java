package org.carepathway.fhir;

/** Marks a bean with {@code @Hook} methods on the REST server: called for requests only. */
public interface FhirInterceptor {}
