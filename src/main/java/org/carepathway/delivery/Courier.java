package org.carepathway.delivery;

import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.carepathway.content.SentKind;
import org.carepathway.delivery.Sites.Site;
import org.carepathway.ehr.EhrFault;
import org.carepathway.outbox.Entry;
import org.carepathway.outbox.Outcome;
import org.carepathway.outbox.Rung;
import org.carepathway.outbox.SendFault;
import org.carepathway.outbox.Sent;
import org.carepathway.outbox.SentRows;
import org.carepathway.outbox.Written;
import org.springframework.stereotype.Component;

/** Brings one entry to its site, on the best rung that the site has for it. */
@Component
class Courier {

  /** How it is refused what is not offered (any more). */
  private static final Set<Integer> NO_MORE = Set.of(404, 405, 501);

  private final EhrStatements statements;
  private final SentKinds kinds;
  private final SentRows sent;
  private final InWords words;
  private final FhirCourier fhir;
  private final V2Courier v2;

  Courier(
      EhrStatements statements,
      SentKinds kinds,
      SentRows sent,
      InWords words,
      FhirCourier fhir,
      V2Courier v2) {
    this.statements = statements;
    this.kinds = kinds;
    this.sent = sent;
    this.words = words;
    this.fhir = fhir;
    this.v2 = v2;
  }

  /**
   * @param mayWrite asked right before something is written there
   * @param healthy whether the site has answered right before
   */
  Outcome bring(Site site, Entry entry, BooleanSupplier mayWrite, boolean healthy) {
    Written written = entry.written();
    Optional<Sent> before = sent.find(site.name(), written.subject());
    if (before.filter(last -> last.entry() > entry.number()).isPresent()) {
      return new Outcome.Done(null, "Not sent: something newer of it was sent since.", false, null);
    }
    Optional<SentKind> kind = kinds.find(written.pathwayKey(), written.kind());
    if (kind.isEmpty()) {
      return new Outcome.Dead(
          SendFault.CONFIGURATION,
          "The table of what is sent has no row '%s' any more.".formatted(written.kind()));
    }
    try {
      return bring(new Errand(site, entry, kind.get(), before, mayWrite, healthy));
    } catch (EhrFault fault) {
      if (NO_MORE.contains(fault.status()) && statements.isOtherNow(site)) {
        return new Outcome.Later(
            "The EHR takes something else than it did: " + fault.getMessage(), false, true, null);
      }
      return Faults.outcome(fault, site.overlay(), healthy);
    } catch (NotSo notSo) {
      return notSo.passes()
          ? new Outcome.Later(notSo.getMessage(), false, true, null)
          : new Outcome.Dead(SendFault.CLINICAL, notSo.getMessage());
    }
  }

  private Outcome bring(Errand errand) {
    Site site = errand.site();
    Ladder ladder = new Ladder(statements.of(site), site.overlay(), site.messages());
    Way way = ladder.way(errand.written().subject().split("/")[0], errand.nativeId() != null);
    return switch (way.rung()) {
      case NATIVE, DOCUMENT, COMMUNICATION ->
          fhir.bring(errand, way, ladder.way(way.type(), true).rung() == Rung.NATIVE);
      case MESSAGE -> v2.bring(errand, way);
      case HAND -> byHand(errand, way);
    };
  }

  private Outcome byHand(Errand errand, Way way) {
    return new Outcome.ByHand(
        "To be entered by hand: " + way.why(),
        words.of(errand.kind(), errand.resource()),
        errand.kind().by(),
        errand.entry().writtenAt().plus(errand.kind().within()),
        errand.sent(Rung.HAND, null, errand.written().content()));
  }
}
