package org.carepathway.booking;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.capacity.Period;
import org.carepathway.capacity.Slots;
import org.carepathway.fhir.FhirOperations;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Slot;
import org.springframework.stereotype.Component;

/** {@code /fhir/Slot}: the sessions as they are now, by schedule, start and status. */
@Component
class SlotProvider implements FhirOperations, IResourceProvider {

  private static final int MOST = 500;
  private static final Duration USUAL = Duration.ofDays(14);
  private static final Duration LONGEST = Duration.ofDays(92);

  private final Slots slots;
  private final Clock clock;

  SlotProvider(Slots slots, Clock clock) {
    this.slots = slots;
    this.clock = clock;
  }

  @Override
  public Class<Slot> getResourceType() {
    return Slot.class;
  }

  @Read
  public Slot read(@IdParam IdType id) {
    try {
      return slots.of(Set.of(), Slots.during(id.getIdPart())).stream()
          .filter(slot -> slot.getIdElement().getIdPart().equals(id.getIdPart()))
          .findFirst()
          .orElseThrow(() -> new ResourceNotFoundException(id));
    } catch (IllegalArgumentException wrong) {
      throw new ResourceNotFoundException(id);
    }
  }

  /**
   * @param start from now for 14 days where it is not said, 92 days at most
   */
  @Search
  public List<Slot> search(
      @OptionalParam(name = Slot.SP_SCHEDULE) ReferenceOrListParam schedule,
      @OptionalParam(name = Slot.SP_START) DateRangeParam start,
      @OptionalParam(name = Slot.SP_STATUS) TokenOrListParam status,
      @Count Integer count) {
    Set<String> statuses =
        status == null
            ? Set.of()
            : status.getValuesAsQueryTokens().stream()
                .map(token -> token.getValue())
                .collect(Collectors.toSet());
    Period during = during(start);
    return slots.of(ids(schedule), during).stream()
        .filter(slot -> statuses.isEmpty() || statuses.contains(slot.getStatus().toCode()))
        .filter(slot -> !slot.getStart().toInstant().isBefore(during.from()) || start == null)
        .filter(slot -> slot.getStart().toInstant().isBefore(during.to()))
        .limit(count == null ? MOST : Math.min(count, MOST))
        .toList();
  }

  /** Nobody may; what is set up makes them. */
  @Create
  public MethodOutcome create(@ResourceParam Slot slot) {
    throw readOnly();
  }

  /** Nobody may; what is set up makes them. */
  @Update
  public MethodOutcome update(@IdParam IdType id, @ResourceParam Slot slot) {
    throw readOnly();
  }

  /** Nobody may; what is set up makes them. */
  @Delete
  public MethodOutcome delete(@IdParam IdType id) {
    throw readOnly();
  }

  private static ForbiddenOperationException readOnly() {
    return new ForbiddenOperationException("Slots follow the sessions: change those.");
  }

  private static Set<String> ids(ReferenceOrListParam schedule) {
    return schedule == null
        ? Set.of()
        : schedule.getValuesAsQueryTokens().stream()
            .map(reference -> reference.getIdPart())
            .collect(Collectors.toSet());
  }

  private Period during(DateRangeParam start) {
    Instant from =
        start == null || start.getLowerBoundAsInstant() == null
            ? clock.instant()
            : start.getLowerBoundAsInstant().toInstant();
    Instant to =
        start == null || start.getUpperBoundAsInstant() == null
            ? from.plus(USUAL)
            : start.getUpperBoundAsInstant().toInstant();
    if (!to.isAfter(from) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new InvalidRequestException(
          "start: from a time up to a later one, at most %d days. Say start=ge...&start=lt..."
              .formatted(LONGEST.toDays()));
    }
    return new Period(from, to);
  }
}
