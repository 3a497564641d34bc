package org.carepathway.startup;

/** The service cannot start; carries the remedy that the operator is shown. */
public class StartUpException extends RuntimeException {

  private final String remedy;

  public StartUpException(String problem, String remedy, Throwable cause) {
    super(problem, cause);
    this.remedy = remedy;
  }

  public String remedy() {
    return remedy;
  }
}
