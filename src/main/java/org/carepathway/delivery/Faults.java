package org.carepathway.delivery;

import java.util.Objects;
import java.util.Optional;
import org.carepathway.delivery.Overlay.Meaning;
import org.carepathway.ehr.EhrFault;
import org.carepathway.outbox.Outcome;
import org.carepathway.outbox.SendFault;

/**
 * What becomes of an entry that was not written: by the EHR's own codes first, then by the status.
 */
final class Faults {

  private static final int NOT_IMPLEMENTED = 501;
  private static final int UNPROCESSABLE = 422;
  private static final int FORBIDDEN = 403;

  private Faults() {}

  /**
   * @param healthy whether the site has answered right before: then it is the entry that fails
   */
  static Outcome outcome(EhrFault fault, Overlay overlay, boolean healthy) {
    Optional<Meaning> meaning =
        fault.codes().stream().map(overlay.codes()::get).filter(Objects::nonNull).findFirst();
    String said = fault.getMessage();
    if (meaning.isPresent()) {
      return switch (meaning.get()) {
        case DUPLICATE, RETRY -> new Outcome.Later(said, false, true, fault.after());
        case CONFIGURATION -> new Outcome.Dead(SendFault.CONFIGURATION, said);
        case POLICY -> new Outcome.Dead(SendFault.POLICY, said);
        case CLINICAL -> new Outcome.Dead(SendFault.CLINICAL, said);
      };
    }
    return switch (fault.kind()) {
      case BUSY, RESTING, SIGN_IN -> new Outcome.Later(said, true, false, fault.after());
      case UNREACHABLE, NO_FHIR -> new Outcome.Later(said, true, healthy, fault.after());
      case FAULTY ->
          fault.status() == NOT_IMPLEMENTED
              ? new Outcome.Dead(SendFault.CONFIGURATION, said)
              : new Outcome.Later(said, true, healthy, fault.after());
      case FORBIDDEN -> new Outcome.Dead(SendFault.POLICY, said);
      case REFUSED -> refused(fault.status(), said);
    };
  }

  /** RFC 9110 chapter 15.5; FHIR R4 chapter 3.1.0.4 (409, 412, 422). */
  private static Outcome refused(int status, String said) {
    return switch (status) {
      case 408, 409, 412, 425 -> new Outcome.Later(said, false, true, null);
      case UNPROCESSABLE -> new Outcome.Dead(SendFault.CLINICAL, said);
      case FORBIDDEN -> new Outcome.Dead(SendFault.POLICY, said);
      default -> new Outcome.Dead(SendFault.CONFIGURATION, said);
    };
  }
}
