package org.carepathway.demo.ehr;

/** What is asked breaks a rule: answered with this status and code. */
final class Refused extends RuntimeException {

  private final int status;
  private final String code;

  Refused(int status, String code, String said) {
    super(said);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
