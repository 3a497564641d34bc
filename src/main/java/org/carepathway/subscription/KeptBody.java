package org.carepathway.subscription;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription;
import org.springframework.stereotype.Component;

/** A Subscription as it is kept: its headers, which may be secrets, apart from it and sealed. */
@Component
class KeptBody {

  private static final String BETWEEN = "\n";

  private final FhirContext fhirContext;
  private final Sealed sealed;

  KeptBody(FhirContext fhirContext, Sealed sealed) {
    this.fhirContext = fhirContext;
    this.sealed = sealed;
  }

  /**
   * What is written of one.
   *
   * @param json without its headers
   * @param headers sealed; null for none
   */
  record Parts(String json, String headers) {}

  Parts parts(Subscription sent) {
    Subscription copy = sent.copy();
    List<StringType> headers = List.copyOf(copy.getChannel().getHeader());
    if (!headers.isEmpty() && !sealed.isPossible()) {
      throw WantedReading.refused(
          "channel.header",
          "It may be a secret, and there is no key here to keep it with: who runs this service sets carepathway.subscriptions.keys");
    }
    copy.getChannel().setHeader(null);
    copy.setId((String) null);
    copy.setMeta(null);
    copy.setError(null);
    return new Parts(
        fhirContext.newJsonParser().encodeResourceToString(copy),
        headers.isEmpty()
            ? null
            : sealed.seal(
                String.join(BETWEEN, headers.stream().map(StringType::getValue).toList())));
  }

  /** Without its headers. */
  Subscription shown(Kept kept) {
    Subscription body = fhirContext.newJsonParser().parseResource(Subscription.class, kept.body());
    body.getChannel().setHeader(null);
    return body;
  }

  /** With its headers; empty where they were sealed with a key that is not here any more. */
  Optional<Subscription> whole(Kept kept) {
    Subscription body = fhirContext.newJsonParser().parseResource(Subscription.class, kept.body());
    if (kept.headers() == null) {
      return Optional.of(body);
    }
    return sealed
        .open(kept.headers())
        .map(
            headers -> {
              headers
                  .lines()
                  .filter(header -> !header.isBlank())
                  .forEach(body.getChannel()::addHeader);
              return body;
            });
  }
}
