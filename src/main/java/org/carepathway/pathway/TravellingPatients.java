package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.fhir.Refusal;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.carepathway.template.Moments;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/**
 * A patient on a pathway keeps a name, which each task and letter needs, and has died only when
 * that is past: a wrong year would end the pathway.
 */
@Component
@Interceptor
class TravellingPatients implements StoreInterceptor {

  /** Clocks and time zones of senders differ by less. */
  private static final Duration TOLERANCE = Duration.ofDays(1);

  private final Pathways pathways;
  private final PatientIdentity identity;
  private final Clock clock;

  TravellingPatients(Pathways pathways, PatientIdentity identity, Clock clock) {
    this.pathways = pathways;
    this.identity = identity;
    this.clock = clock;
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = StoreOrder.NAMED)
  public void updated(IBaseResource before, IBaseResource after) {
    if (after instanceof Patient patient) {
      fault(patient)
          .filter(found -> travels(before.getIdElement().getIdPart()))
          .ifPresent(
              found -> {
                throw found;
              });
    }
  }

  private boolean travels(String patient) {
    return pathways.ofPatient(patient).stream().anyMatch(Pathway::isActive);
  }

  private Optional<BaseServerResponseException> fault(Patient patient) {
    if (!Referable.isNamed(identity.of(patient))) {
      return Optional.of(
          Refusal.rule(
              "Patient.name",
              "The patient is on a pathway and must keep a name; nothing was changed. Send the"
                  + " Patient with the name in use."));
    }
    if (patient.hasDeceasedDateTimeType() && isAhead(patient.getDeceasedDateTimeType())) {
      return Optional.of(
          Refusal.rule(
              "Patient.deceased",
              "The patient is on a pathway, and this death lies in the future; nothing was changed."
                  + " Send the Patient with the right date, or without one."));
    }
    return Optional.empty();
  }

  private boolean isAhead(DateTimeType time) {
    return time.hasValue()
        && Moments.begin(time, clock.getZone()).isAfter(clock.instant().plus(TOLERANCE));
  }
}
