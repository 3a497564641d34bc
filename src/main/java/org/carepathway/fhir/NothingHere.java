package org.carepathway.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * The same answer for what is not there and for what is out of sight, whichever way it is asked.
 */
public final class NothingHere {

  private NothingHere() {}

  /**
   * What a request is about (404).
   *
   * @param name {@code Type/id}
   */
  public static BaseServerResponseException of(String name) {
    return new ResourceNotFoundException("There is no %s here.".formatted(name));
  }

  /**
   * What something that was sent refers to (400).
   *
   * @param reference as it was sent
   */
  public static BaseServerResponseException referred(String reference) {
    String text =
        "There is no %s here, which a reference names; nothing was stored.".formatted(reference);
    return new InvalidRequestException(text, Refusal.outcome(IssueType.NOTFOUND, null, text));
  }
}
