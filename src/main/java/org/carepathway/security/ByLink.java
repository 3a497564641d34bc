package org.carepathway.security;

import java.io.Serializable;
import java.util.Set;
import org.carepathway.record.Agent;

/** A patient who has opened a link and told the right date of birth: no role, and one record. */
record ByLink(String patientId) implements SignedIn, Serializable {

  @Override
  public Identity identity() {
    Agent patient = Agent.patient(patientId);
    return new Identity(patient.name(), patient.display(), Set.of());
  }
}
