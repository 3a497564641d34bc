package org.carepathway.fhir;

/** Marks a bean whose {@code @Operation} methods the FHIR server offers at {@code /fhir}. */
public interface FhirOperations {}
