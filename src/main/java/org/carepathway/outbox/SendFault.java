package org.carepathway.outbox;

import java.util.Locale;

/** Of what kind the reason is that something was not sent: it says who can mend it. */
public enum SendFault {
  /** The site was away, busy or failed: it is tried again. */
  RETRY,
  /** The site does not take it as it is set up: who connects systems. */
  CONFIGURATION,
  /** The site may not take it from us, such as a record behind break-glass: never tried again. */
  POLICY,
  /** What it says is refused: who treats the patient. */
  CLINICAL,
  /** This service failed: its log says where. */
  SERVICE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static SendFault of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
