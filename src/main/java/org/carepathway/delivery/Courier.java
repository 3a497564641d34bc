package org.carepathway.delivery;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.carepathway.content.SentKind;
import org.carepathway.delivery.Sites.Site;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.EhrServer;
import org.carepathway.fhirfeed.EhrPatients;
import org.carepathway.mllp.MllpSender.Acknowledged;
import org.carepathway.outbox.Entry;
import org.carepathway.outbox.Outcome;
import org.carepathway.outbox.Rung;
import org.carepathway.outbox.SendFault;
import org.carepathway.outbox.Sent;
import org.carepathway.outbox.SentRows;
import org.carepathway.outbox.Written;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** Brings one entry to its site, on the best rung that the site has for it. */
@Component
class Courier {

  private final EhrStatements statements;
  private final SentKinds kinds;
  private final EhrPatients patients;
  private final SentRows sent;
  private final EhrForm form;
  private final InWords words;
  private final IRepository repository;
  private final Clock clock;

  Courier(
      EhrStatements statements,
      SentKinds kinds,
      EhrPatients patients,
      SentRows sent,
      EhrForm form,
      InWords words,
      IRepository repository,
      Clock clock) {
    this.statements = statements;
    this.kinds = kinds;
    this.patients = patients;
    this.sent = sent;
    this.form = form;
    this.words = words;
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * @param mayWrite asked right before something is written there
   * @param healthy whether the site has answered right before
   */
  Outcome bring(Site site, Entry entry, BooleanSupplier mayWrite, boolean healthy) {
    Written written = entry.written();
    Optional<Sent> before = sent.find(site.name(), written.subject());
    if (before.filter(last -> last.entry() > entry.number()).isPresent()) {
      return new Outcome.Done(null, "Not sent: something newer of it was sent since.", null);
    }
    Optional<SentKind> kind = kinds.find(written.pathwayKey(), written.kind());
    if (kind.isEmpty()) {
      return new Outcome.Dead(
          SendFault.CONFIGURATION,
          "The table of what is sent has no row '%s' any more.".formatted(written.kind()));
    }
    try {
      return bring(
          new Errand(site, entry, kind.get(), resource(written), before, mayWrite, healthy));
    } catch (EhrFault fault) {
      return Faults.outcome(fault, site.overlay(), healthy);
    } catch (FhirDoor.NotSo notSo) {
      return notSo.passes()
          ? new Outcome.Later(notSo.getMessage(), false, true, null)
          : new Outcome.Dead(SendFault.CLINICAL, notSo.getMessage());
    }
  }

  private record Errand(
      Site site,
      Entry entry,
      SentKind kind,
      DomainResource resource,
      Optional<Sent> before,
      BooleanSupplier mayWrite,
      boolean healthy) {

    Written written() {
      return entry.written();
    }

    /** The id of it there as the resource it is; null where it is not there so. */
    String nativeId() {
      return before.map(Sent::nativeId).orElse(null);
    }
  }

  private Outcome bring(Errand errand) {
    Ladder ladder =
        new Ladder(statements.of(errand.site()), errand.site().overlay(), errand.site().messages());
    Way way = ladder.way(errand.written().subject().split("/")[0], errand.nativeId() != null);
    return switch (way.rung()) {
      case NATIVE, DOCUMENT, COMMUNICATION -> fhir(errand, ladder, way);
      case MESSAGE -> message(errand, way);
      case HAND -> byHand(errand, way);
    };
  }

  private Outcome fhir(Errand errand, Ladder ladder, Way way) {
    Site site = errand.site();
    Optional<String> patient = patients.id(site.name(), errand.written().patient());
    if (patient.isEmpty() && site.leavesStrangers()) {
      return new Outcome.Done(null, "Not sent: the site does not know the patient.", null);
    }
    if (patient.isEmpty()) {
      return new Outcome.Dead(
          SendFault.CONFIGURATION,
          "The EHR does not know the patient by any of their numbers, or knows several. Mend it there; then replay this.");
    }
    String number = number(errand, way);
    DomainResource body = body(errand, way, number, patient.get());
    JsonNode json = json(body);
    String digest = digest(json.toString());
    Sent last = errand.before().filter(one -> one.rung() == way.rung()).orElse(null);
    if (last != null && last.digest().equals(digest)) {
      return done(errand, way, "Nothing has changed for the EHR.", last.ehrId(), digest);
    }
    boolean mayChange =
        way.rung() == Rung.NATIVE && ladder.way(way.type(), true).rung() == Rung.NATIVE;
    String ehrId =
        new FhirDoor(site.server(), errand.mayWrite(), id -> sent.isOurs(site.name(), id))
            .write(
                way,
                json,
                number,
                patient.get(),
                way.rung() == Rung.NATIVE && errand.nativeId() != null
                    ? new IdType(errand.nativeId()).getIdPart()
                    : null,
                errand.entry().attempts() > 0,
                mayChange);
    return done(errand, way, "Written and read again: " + ehrId + '.', ehrId, digest);
  }

  /** What is said in words is a new thing each time that it changes. */
  private static String number(Errand errand, Way way) {
    return way.rung() == Rung.NATIVE
        ? errand.written().subject()
        : errand.written().subject() + '#' + errand.entry().number();
  }

  private DomainResource body(Errand errand, Way way, String number, String ehrPatient) {
    if (way.rung() == Rung.NATIVE) {
      EhrServer server = errand.site().server();
      return form.of(
          errand.site().name(),
          errand.written().subject(),
          errand.resource(),
          errand.written().patient(),
          ehrPatient,
          server.base());
    }
    return new SaidInWords(
            number,
            words.title(errand.kind()),
            words.of(errand.kind(), errand.resource()),
            ehrPatient,
            errand.entry().writtenAt(),
            errand.before().map(Sent::ehrId).orElse(null))
        .as(way.type());
  }

  private Outcome message(Errand errand, Way way) {
    Patient patient =
        repository.read(Patient.class, new IdType("Patient", errand.written().patient()));
    String controlId =
        "CP"
            + Long.toString(errand.entry().number(), Character.MAX_RADIX)
                .toUpperCase(java.util.Locale.ROOT);
    String text =
        new V2Message(
                errand.site().port(),
                clock.getZone(),
                controlId,
                patient,
                form.whole(errand.resource()),
                errand.written().subject(),
                words.title(errand.kind()),
                words.of(errand.kind(), errand.resource()))
            .of(
                way.message(),
                errand.before().map(Sent::content).map(this::parsed).orElse(null),
                errand.entry().writtenAt());
    if (!errand.mayWrite().getAsBoolean()) {
      throw new FhirDoor.Overtaken();
    }
    try {
      Acknowledged answer = errand.site().sender().send(controlId, text);
      if (answer.isAccepted()) {
        return done(
            errand,
            way,
            "Acknowledged: %s, %s.".formatted(way.message(), controlId),
            null,
            digest(text));
      }
      return new Outcome.Dead(
          answer.isRejected() ? SendFault.CONFIGURATION : SendFault.CLINICAL,
          "%s of %s was answered with %s".formatted(way.message(), controlId, answer.code()));
    } catch (IOException away) {
      return new Outcome.Later(
          "The port of HL7 v2: " + away.getMessage(), true, errand.healthy(), null);
    }
  }

  private Outcome byHand(Errand errand, Way way) {
    return new Outcome.ByHand(
        "To be entered by hand: " + way.why(),
        words.of(errand.kind(), errand.resource()),
        errand.kind().by(),
        errand.entry().writtenAt().plus(errand.kind().within()),
        new Sent(
            Rung.HAND,
            null,
            errand.nativeId(),
            errand.entry().number(),
            digest(errand.written().content()),
            errand.written().content()));
  }

  private Outcome done(Errand errand, Way way, String said, String ehrId, String digest) {
    return new Outcome.Done(
        way.rung(),
        said,
        new Sent(
            way.rung(),
            ehrId,
            way.rung() == Rung.NATIVE ? ehrId : errand.nativeId(),
            errand.entry().number(),
            digest,
            errand.written().content()));
  }

  private DomainResource resource(Written written) {
    return parsed(written.content());
  }

  private DomainResource parsed(String content) {
    return (DomainResource) FhirContext.forR4Cached().newJsonParser().parseResource(content);
  }

  private static JsonNode json(DomainResource body) {
    try {
      return EhrServer.json(
          FhirContext.forR4Cached()
              .newJsonParser()
              .encodeResourceToString(body)
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    return DigestUtils.sha256Hex(text);
  }
}
