package org.carepathway.delivery;

import ca.uhn.fhir.context.FhirContext;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.carepathway.content.SentKind;
import org.carepathway.outbox.Entry;
import org.carepathway.outbox.Outcome;
import org.carepathway.outbox.Rung;
import org.carepathway.outbox.Sent;
import org.carepathway.outbox.Written;
import org.hl7.fhir.r4.model.DomainResource;

/**
 * One entry on its way to its site.
 *
 * @param kind the row of the content's table
 * @param before what the site has of it
 * @param mayWrite asked right before something is written there
 * @param healthy whether the site has answered right before
 */
record Errand(
    Sites.Site site,
    Entry entry,
    SentKind kind,
    Optional<Sent> before,
    BooleanSupplier mayWrite,
    boolean healthy) {

  Written written() {
    return entry.written();
  }

  /** The resource as it was written. */
  DomainResource resource() {
    return parsed(written().content());
  }

  /** The same as it was sent last; null for the first time. */
  DomainResource lastResource() {
    return before.map(Sent::content).map(Errand::parsed).orElse(null);
  }

  /** The id of it there as the resource it is; null where it is not there so. */
  String nativeId() {
    return before.map(Sent::nativeId).orElse(null);
  }

  /**
   * @param isNew whether it was sent now
   * @param ehrId of what was written there; null where it has none
   * @param sent what was sent
   */
  Outcome done(Way way, String said, boolean isNew, String ehrId, String sent) {
    return new Outcome.Done(way.rung(), said, isNew, sent(way.rung(), ehrId, sent));
  }

  Sent sent(Rung rung, String ehrId, String sent) {
    return new Sent(
        rung,
        ehrId,
        rung == Rung.NATIVE ? ehrId : nativeId(),
        entry.number(),
        digest(sent),
        written().content(),
        rung == Rung.NATIVE ? sent : null);
  }

  static String digest(String text) {
    return DigestUtils.sha256Hex(text);
  }

  static DomainResource parsed(String content) {
    return (DomainResource) FhirContext.forR4Cached().newJsonParser().parseResource(content);
  }
}
