package org.carepathway.fhir;

/** Marks a bean with {@code @Hook} methods on the store: called for in-process writes too. */
public interface StoreInterceptor {}
