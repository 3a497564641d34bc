package org.carepathway.fhirfeed;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import org.carepathway.inbox.Effect;
import org.carepathway.inbox.InboxHandler;
import org.carepathway.inbox.InboxMessage;
import org.carepathway.incoming.Merge;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.springframework.stereotype.Component;

/** Makes one of two patients whom IHE ITI-93 says to be one, as A40 of HL7 v2 does. */
@Component
class IdentityHandler implements InboxHandler {

  static final String FORMAT = "iti-93";
  static final String SURVIVING = "surviving";
  static final String FORMER = "former";

  private final Merge merge;

  IdentityHandler(Merge merge) {
    this.merge = merge;
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public Effect handle(InboxMessage message) {
    Parameters numbers =
        FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(
                Parameters.class, new String(message.received().content(), StandardCharsets.UTF_8));
    return merge.merge(
        message,
        new Merge.Said(number(numbers, SURVIVING), number(numbers, FORMER), patient -> {}));
  }

  private static Identifier number(Parameters numbers, String name) {
    return (Identifier) numbers.getParameter(name).getValue();
  }
}
