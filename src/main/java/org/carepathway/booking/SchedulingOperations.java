package org.carepathway.booking;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.capacity.FreeTime;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.Period;
import org.carepathway.capacity.Proposed;
import org.carepathway.capacity.SlotSearch;
import org.carepathway.fhir.FhirOperations;
import org.carepathway.fhir.NotLookedAt;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/**
 * {@code Appointment/$find}, {@code $hold} and {@code $book} of IHE ITI Scheduling 1.0 (ITI-115 to
 * ITI-117). ITI-118 is the search of Appointment.
 */
@Component
class SchedulingOperations implements FhirOperations {

  private static final int MOST = 500;
  private static final int SHORT = 60;
  private static final int LONGEST = 600;

  private final FreeTimes times;
  private final Proposed proposed;
  private final Scheduling scheduling;

  SchedulingOperations(FreeTimes times, Proposed proposed, Scheduling scheduling) {
    this.times = times;
    this.proposed = proposed;
    this.scheduling = scheduling;
  }

  /**
   * @param minutes of the procedure, 60 where it is not said: a parameter of ours
   */
  @NotLookedAt(
      "specialty|visit-type|organization|location-string|reason|timing|insurance-reference|referral-identifier|patient-.*")
  @Operation(name = "$find", type = Appointment.class, idempotent = true)
  public Bundle find(
      @OperationParam(name = "start", min = 0, max = 1) DateTimeType start,
      @OperationParam(name = "end", min = 0, max = 1) DateTimeType end,
      @OperationParam(name = "practitioner") List<Reference> practitioners,
      @OperationParam(name = "location-reference") List<Reference> locations,
      @OperationParam(name = "minutes", min = 0, max = 1) IntegerType minutes,
      @OperationParam(name = "_count", min = 0, max = 1) IntegerType count) {
    if (start == null || end == null || !end.getValue().after(start.getValue())) {
      throw new InvalidRequestException("$find needs start and end, with the end after the start.");
    }
    int length = minutes == null ? SHORT : minutes.getValue();
    if (length < 1 || length > LONGEST) {
      throw new InvalidRequestException("minutes: 1 to " + LONGEST);
    }
    Period within = new Period(start.getValue().toInstant(), end.getValue().toInstant());
    List<FreeTime> found =
        times.find(
            new SlotSearch(
                Proposed.needs(length),
                only(practitioners, locations),
                within,
                Integer.MAX_VALUE,
                MOST,
                MOST,
                null));
    Bundle bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(found.size());
    found.stream().limit(most(count)).forEach(time -> add(bundle, proposed.of(time, length)));
    return bundle;
  }

  @Operation(name = "$hold", type = Appointment.class)
  public Bundle hold(
      @OperationParam(name = "appointment-reference", min = 0, max = 1) Reference reference) {
    return answer(scheduling.hold(id(reference)));
  }

  @Operation(name = "$book", type = Appointment.class)
  public Bundle book(
      @OperationParam(name = "appointment-reference", min = 0, max = 1) Reference reference,
      @OperationParam(name = "appointment-resource", min = 0, max = 1) Appointment changed,
      @OperationParam(name = "patient-resource", min = 0, max = 1) Patient patient,
      @OperationParam(name = "comment", min = 0, max = 1) StringType comment) {
    String said = comment == null ? null : comment.getValue();
    if (changed != null && changed.hasId()) {
      return answer(scheduling.change(changed, said));
    }
    return answer(
        scheduling.book(
            id(reference), patient == null ? null : patient.getIdElement().getIdPart(), said));
  }

  private static String id(Reference reference) {
    if (reference == null || !reference.hasReference()) {
      throw new InvalidRequestException(
          "appointment-reference: name an appointment that $find has proposed, or one that is held.");
    }
    return reference.getReferenceElement().getIdPart();
  }

  private static Set<String> only(List<Reference> practitioners, List<Reference> locations) {
    return Stream.of(practitioners, locations)
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .map(Reference::getReference)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static long most(IntegerType count) {
    if (count == null || count.getValue() == null) {
      return MOST;
    }
    if (count.getValue() < 0) {
      throw new InvalidRequestException("_count: a whole number");
    }
    return count.getValue();
  }

  private static Bundle answer(Resource resource) {
    Bundle bundle = new Bundle().setType(BundleType.SEARCHSET);
    boolean done = !(resource instanceof OperationOutcome);
    bundle.setTotal(done ? 1 : 0);
    bundle
        .addEntry()
        .setResource(resource)
        .getSearch()
        .setMode(done ? SearchEntryMode.MATCH : SearchEntryMode.OUTCOME);
    return bundle;
  }

  private static void add(Bundle bundle, Appointment appointment) {
    bundle.addEntry().setResource(appointment).getSearch().setMode(SearchEntryMode.MATCH);
  }
}
