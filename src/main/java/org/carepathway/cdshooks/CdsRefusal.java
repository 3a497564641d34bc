package org.carepathway.cdshooks;

import java.util.List;
import org.springframework.http.HttpStatus;

/** A request is not answered with cards. */
final class CdsRefusal extends RuntimeException {

  private final HttpStatus status;
  private final transient List<Fault> faults;

  /**
   * @param field of the request, such as {@code context.patientId}
   * @param rule that it breaks
   * @param remedy what to send instead
   */
  record Fault(String field, String rule, String remedy) {}

  CdsRefusal(HttpStatus status, List<Fault> faults) {
    super(faults.get(0).rule());
    this.status = status;
    this.faults = List.copyOf(faults);
  }

  CdsRefusal(HttpStatus status, String field, String rule, String remedy) {
    this(status, List.of(new Fault(field, rule, remedy)));
  }

  /** Data are missing that cannot be had (412). */
  static CdsRefusal incomplete(String field, String rule) {
    return new CdsRefusal(
        HttpStatus.PRECONDITION_FAILED,
        field,
        rule,
        "Send what the discovery asks for, or fhirServer with fhirAuthorization.");
  }

  HttpStatus status() {
    return status;
  }

  List<Fault> faults() {
    return faults;
  }
}
