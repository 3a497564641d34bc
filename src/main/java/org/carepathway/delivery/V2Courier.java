package org.carepathway.delivery;

import ca.uhn.fhir.repository.IRepository;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import org.carepathway.mllp.MllpSender.Acknowledged;
import org.carepathway.outbox.Outcome;
import org.carepathway.outbox.SendFault;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** Sends an entry as a message of HL7 v2, under the same control id however often it is sent. */
@Component
class V2Courier {

  private final IRepository repository;
  private final EhrForm form;
  private final InWords words;
  private final Clock clock;

  V2Courier(IRepository repository, EhrForm form, InWords words, Clock clock) {
    this.repository = repository;
    this.form = form;
    this.words = words;
    this.clock = clock;
  }

  Outcome bring(Errand errand, Way way) {
    String controlId =
        "CP" + Long.toString(errand.entry().number(), Character.MAX_RADIX).toUpperCase(Locale.ROOT);
    String message = message(errand, way, controlId);
    if (!errand.mayWrite().getAsBoolean()) {
      throw new Overtaken();
    }
    try {
      Acknowledged answer = errand.site().sender().send(controlId, message);
      if (answer.isAccepted()) {
        return errand.done(
            way, "Acknowledged: %s, %s.".formatted(way.message(), controlId), true, null, message);
      }
      return new Outcome.Dead(
          answer.isRejected() ? SendFault.CONFIGURATION : SendFault.CLINICAL,
          "%s of %s was answered with %s".formatted(way.message(), controlId, answer.code()));
    } catch (IOException away) {
      return new Outcome.Later(
          "The port of HL7 v2: " + away.getMessage(), true, errand.healthy(), null);
    }
  }

  private String message(Errand errand, Way way, String controlId) {
    return new V2Message(
            errand.site().port(),
            clock.getZone(),
            controlId,
            repository.read(Patient.class, new IdType("Patient", errand.written().patient())),
            form.whole(errand.resource()),
            errand.written().subject(),
            words.title(errand.kind()),
            words.of(errand.kind(), errand.resource()))
        .of(way.message(), errand.lastResource(), errand.entry().writtenAt());
  }
}
