package org.carepathway.security;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Conditions of an entry of a transaction where they mean nothing: passed over, they would let
 * through what their sender wanted to be stopped.
 */
final class EntryConditions {

  private static final String ANYTHING = "*";

  private EntryConditions() {}

  /**
   * @throws InvalidRequestException (400) with the entry's place
   */
  static void check(int place, BundleEntryRequestComponent request) {
    boolean create = request.getMethod() == HTTPVerb.POST;
    if (create && (request.hasIfMatch() || request.hasIfNoneMatch())) {
      throw refused(
          place, "ifMatch and ifNoneMatch are no conditions of a POST; it takes ifNoneExist");
    }
    if (!create && request.hasIfNoneExist()) {
      throw refused(
          place, "ifNoneExist is a condition of a POST only; a PUT takes ?identifier= in its url");
    }
    if (request.hasIfNoneMatch() && !request.getIfNoneMatch().strip().equals(ANYTHING)) {
      throw refused(
          place, "ifNoneMatch of a PUT can only be *, which means: create, and replace nothing");
    }
  }

  private static InvalidRequestException refused(int place, String text) {
    String whole = "Entry %d: %s; nothing was stored.".formatted(place, text);
    return new InvalidRequestException(
        whole,
        Refusal.outcome(IssueType.INVALID, "Bundle.entry[%d].request".formatted(place), whole));
  }
}
