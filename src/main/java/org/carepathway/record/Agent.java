package org.carepathway.record;

import org.hl7.fhir.r4.model.Reference;

/**
 * Who acts: a signed-in person or system, or the service itself when a timer fires.
 *
 * @param name the sign-in name
 * @param display the name that people read
 * @param onBehalfOf the team or colleague that a person acts for; null for none
 * @param client the program through which a person acts; null for our own pages
 */
public record Agent(String name, String display, Party onBehalfOf, Party client) {

  /** The service acting by itself. */
  public static final Agent SERVICE = new Agent("care-pathway", "Care pathway service");

  private static final String PATIENT = "Patient/";

  static final String USER_SYSTEM = "https://carepathway.org/fhir/user";

  public Agent(String name, String display) {
    this(name, display, null, null);
  }

  /** A patient who answers by a link. No sign-in name has a slash: Keycloak allows none. */
  public static Agent patient(String id) {
    return new Agent(PATIENT + id, "Patient");
  }

  public boolean isPatient() {
    return name.startsWith(PATIENT);
  }

  /** The same, acting for a team. */
  public Agent forTeam(String team) {
    return new Agent(name, display, Party.team(team), client);
  }

  /** The same, standing in for a colleague who is away. */
  public Agent standingInFor(String colleague, String colleagueDisplay) {
    Party absent = new Party("Practitioner", USER_SYSTEM, colleague, colleagueDisplay);
    return new Agent(name, display, absent, client);
  }

  /**
   * The same, acting through a program.
   *
   * @param clientId its id at Keycloak
   */
  public Agent through(String clientId) {
    return new Agent(name, display, onBehalfOf, Party.client(clientId));
  }

  /**
   * A logical reference: staff are known to Keycloak, not necessarily to the FHIR store. Patients
   * are in it.
   */
  public Reference reference() {
    Reference reference = new Reference().setDisplay(display);
    if (isPatient()) {
      reference.setReference(name);
    }
    reference.getIdentifier().setSystem(USER_SYSTEM).setValue(name);
    return reference;
  }
}
