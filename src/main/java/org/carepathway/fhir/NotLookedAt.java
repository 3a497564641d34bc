package org.carepathway.fhir;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Parameters that a standard has for an operation, and that this service takes without looking at
 * them, as its documents say.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface NotLookedAt {

  /** Their names, as a regular expression. */
  String value();
}
