package org.carepathway.fhir;

import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import java.io.Serial;

/** A resource is stored and cannot be read: (500) for who asks for this one by its id. */
public final class UnreadableResource extends InternalErrorException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param name {@code Type/id}
   */
  UnreadableResource(String name, Throwable cause) {
    super(
        name
            + " is stored, but what is stored cannot be read; administrators find why under"
            + " Incidents. A PUT of the whole resource corrects it.",
        cause);
  }
}
