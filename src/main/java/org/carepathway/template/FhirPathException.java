package org.carepathway.template;

/** A FHIRPath expression that cannot be read, or that fails on the data it was given. */
public final class FhirPathException extends IllegalArgumentException {

  private final String expression;

  FhirPathException(String what, String expression, String reason, Throwable cause) {
    super("%s FHIRPath '%s': %s".formatted(what, expression, reason), cause);
    this.expression = expression;
  }

  /** The expression as it was written. */
  public String expression() {
    return expression;
  }
}
