package org.carepathway.delivery;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.carepathway.ehr.EhrServer;
import org.carepathway.fhirfeed.EhrPatients;
import org.carepathway.outbox.Outcome;
import org.carepathway.outbox.Rung;
import org.carepathway.outbox.SendFault;
import org.carepathway.outbox.Sent;
import org.carepathway.outbox.SentRows;
import org.carepathway.outbox.Written;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** Writes an entry over FHIR: as the resource it is, or in words. */
@Component
class FhirCourier {

  private final EhrPatients patients;
  private final SentRows sent;
  private final EhrForm form;
  private final InWords words;

  FhirCourier(EhrPatients patients, SentRows sent, EhrForm form, InWords words) {
    this.patients = patients;
    this.sent = sent;
    this.form = form;
    this.words = words;
  }

  /**
   * @param mayChange whether the EHR takes changes of the type that is written
   */
  Outcome bring(Errand errand, Way way, boolean mayChange) {
    String site = errand.site().name();
    Optional<String> patient = patients.id(site, errand.written().patient());
    if (patient.isEmpty()) {
      return stranger(errand);
    }
    String number = number(errand, way);
    JsonNode body = json(body(errand, way, number, patient.get()));
    Sent last = errand.before().filter(one -> one.rung() == way.rung()).orElse(null);
    if (last != null && last.digest().equals(Errand.digest(body.toString()))) {
      return errand.done(
          way, "Nothing has changed for the EHR.", false, last.ehrId(), body.toString());
    }
    boolean isNative = way.rung() == Rung.NATIVE;
    String ehrId =
        new FhirDoor(errand.site().server(), errand.mayWrite(), id -> sent.isOurs(site, id))
            .write(
                way,
                body,
                number,
                patient.get(),
                isNative && errand.nativeId() != null
                    ? new IdType(errand.nativeId()).getIdPart()
                    : null,
                errand.entry().attempts() > 0,
                isNative && mayChange);
    return errand.done(way, "Written and read again: " + ehrId + '.', true, ehrId, body.toString());
  }

  private static Outcome stranger(Errand errand) {
    return errand.site().leavesStrangers()
        ? new Outcome.Done(null, "Not sent: the site does not know the patient.", false, null)
        : new Outcome.Dead(
            SendFault.CONFIGURATION,
            "The EHR does not know the patient by any of their numbers, or knows several. Mend it there; then replay this.");
  }

  /** What is said in words is a new thing each time that it changes. */
  private static String number(Errand errand, Way way) {
    return way.rung() == Rung.NATIVE
        ? errand.written().subject()
        : errand.written().subject() + '#' + errand.entry().number();
  }

  private DomainResource body(Errand errand, Way way, String number, String ehrPatient) {
    return way.rung() == Rung.NATIVE
        ? asIs(errand.site(), errand.written(), ehrPatient)
        : new SaidInWords(
                number,
                words.title(errand.kind()),
                words.of(errand.kind(), errand.resource()),
                ehrPatient,
                errand.entry().writtenAt(),
                errand.before().map(Sent::ehrId).orElse(null))
            .as(way.type());
  }

  private DomainResource asIs(Sites.Site site, Written written, String ehrPatient) {
    return form.of(
        site.name(),
        written.subject(),
        Errand.parsed(written.content()),
        written.patient(),
        ehrPatient,
        site.server().base());
  }

  private static JsonNode json(DomainResource body) {
    return json(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(body));
  }

  /**
   * @param sent as it was sent
   */
  static JsonNode json(String sent) {
    try {
      return EhrServer.json(sent.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
