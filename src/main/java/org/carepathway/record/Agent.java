package org.carepathway.record;

import org.hl7.fhir.r4.model.Reference;

/**
 * Who acts: a signed-in person or system, or the service itself when a timer fires.
 *
 * @param name the sign-in name
 * @param display the name that people read
 */
public record Agent(String name, String display) {

  /** The service acting by itself. */
  public static final Agent SERVICE = new Agent("care-pathway", "Care pathway service");

  static final String USER_SYSTEM = "https://carepathway.org/fhir/user";

  /** A logical reference: staff are known to Keycloak, not necessarily to the FHIR store. */
  public Reference reference() {
    Reference reference = new Reference().setDisplay(display);
    reference.getIdentifier().setSystem(USER_SYSTEM).setValue(name);
    return reference;
  }
}
