package org.carepathway.record;

import org.hl7.fhir.r4.model.Reference;

/**
 * Somebody or something outside the FHIR store that takes part, by a logical reference: staff,
 * teams and programs are known to Keycloak.
 *
 * @param type FHIR type, e.g. {@code Organization}
 * @param system of its identifier
 * @param name the identifier
 * @param display the name that people read
 */
public record Party(String type, String system, String name, String display) {

  private static final String TEAM_SYSTEM = "https://carepathway.org/fhir/team";
  private static final String CLIENT_SYSTEM = "https://carepathway.org/fhir/client";

  /** A team, {@code site/team}. */
  public static Party team(String name) {
    return new Party("Organization", TEAM_SYSTEM, name, name);
  }

  /**
   * A program that people use.
   *
   * @param name its client id at Keycloak
   */
  static Party client(String name) {
    return new Party("Device", CLIENT_SYSTEM, name, name);
  }

  Reference reference() {
    Reference reference = new Reference().setType(type).setDisplay(display);
    reference.getIdentifier().setSystem(system).setValue(name);
    return reference;
  }
}
