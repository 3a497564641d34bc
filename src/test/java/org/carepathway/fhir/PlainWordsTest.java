package org.carepathway.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.junit.jupiter.api.Test;

/** What HAPI says of a request, without the inside of it. */
class PlainWordsTest {

  @Test
  void classesAndHowTheyWereReachedAreLeftOut() {
    assertThat(
            PlainWords.plain(
                "Unexpected token\n at [Source: UNKNOWN; byte offset: #UNKNOWN] (through reference chain: java.util.ArrayList[0]->com.github.fge.jsonpatch.operation.TestOperation[\"path\"])"))
        .isEqualTo("Unexpected token");
    assertThat(
            PlainWords.plain(
                "HAPI-1821: [element=\"min\"] Invalid attribute value \"?\": java.lang.NumberFormatException: For input string: \"?\""))
        .isEqualTo(
            "HAPI-1821: [element=\"min\"] Invalid attribute value \"?\": For input string: \"?\"");
    assertThat(
            PlainWords.plain(
                "Error processing Snapshot: Cannot invoke \"String.contains(java.lang.CharSequence)\" because \"path\" is null"))
        .isEqualTo("Error processing Snapshot:");
  }

  @Test
  void whatIsSaidOfTheRequestStays() {
    for (String said :
        new String[] {
          "ServiceRequest.subject.reference: https://example.org/fhir/Patient/1 is not here",
          "Unknown code 'http://loinc.org#1234-5' in http://hl7.org/fhir/ValueSet/observation-codes|4.0.1",
          "Rule dom-6: 'A resource should have narrative' Failed",
          "There is no Patient/x.y.Z here"
        }) {
      assertThat(PlainWords.plain(said)).isEqualTo(said);
    }
    InvalidRequestException refusal = new InvalidRequestException("Name the patient.");
    assertThat(PlainWords.of(refusal)).isSameAs(refusal);
    OperationOutcome outcome = Refusal.outcome(IssueType.INVALID, "x", "java.lang.Foo: no");
    assertThat(PlainWords.of(new UnprocessableEntityException("x", outcome)).getStatusCode())
        .isEqualTo(422);
    assertThat(outcome.getIssueFirstRep().getDiagnostics()).isEqualTo("no");
  }
}
