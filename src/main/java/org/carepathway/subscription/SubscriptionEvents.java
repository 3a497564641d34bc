package org.carepathway.subscription;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carepathway.fhir.FhirOperations;
import org.carepathway.fhir.Refusal;
import org.carepathway.security.SeenPatients;
import org.carepathway.subscription.Notification.Type;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription;
import org.springframework.stereotype.Component;

/** How subscriptions stand, and the events that were told or missed. */
@Component
class SubscriptionEvents implements FhirOperations {

  /** Events of one answer; the number of its last one says where to go on. */
  private static final int MOST = 100;

  private final Subscriptions subscriptions;
  private final EventRows rows;
  private final InSight sight;
  private final SeenPatients seen;
  private final Clock clock;

  SubscriptionEvents(
      Subscriptions subscriptions, EventRows rows, InSight sight, SeenPatients seen, Clock clock) {
    this.subscriptions = subscriptions;
    this.rows = rows;
    this.sight = sight;
    this.seen = seen;
    this.clock = clock;
  }

  @Operation(name = "$status", type = Subscription.class, idempotent = true)
  public Bundle status(@IdParam IdType id) {
    return statuses(Stream.of(mine(id)));
  }

  /**
   * @param ids of subscriptions; all of who asks where there is none
   * @param status that they have; any where there is none
   */
  @Operation(name = "$status", type = Subscription.class, idempotent = true)
  public Bundle statuses(
      @OperationParam(name = "id", min = 0, max = OperationParam.MAX_UNLIMITED) List<IdType> ids,
      @OperationParam(name = "status", min = 0, max = OperationParam.MAX_UNLIMITED)
          List<CodeType> status) {
    return statuses(
        subscriptions.all().stream()
            .filter(
                kept ->
                    ids == null
                        || ids.isEmpty()
                        || ids.stream().anyMatch(id -> kept.id().equals(id.getIdPart())))
            .filter(
                kept ->
                    status == null
                        || status.isEmpty()
                        || status.stream()
                            .anyMatch(one -> kept.status().toCode().equals(one.getValue()))));
  }

  private static Bundle statuses(Stream<Kept> all) {
    Bundle bundle = new Bundle().setType(BundleType.SEARCHSET);
    all.forEach(
        kept -> {
          Parameters status =
              new Notification(
                      kept, kept.status(), Type.STATUS, kept.events(), PayloadContent.ID_ONLY)
                  .withoutEvents();
          bundle
              .addEntry()
              .setFullUrl("urn:uuid:" + status.getIdElement().getIdPart())
              .setResource(status)
              .getSearch()
              .setMode(SearchEntryMode.MATCH);
        });
    return bundle.setTotal(bundle.getEntry().size());
  }

  /**
   * Events that were told, or missed while the endpoint was in error.
   *
   * @param since number of the first; null for the first that is kept
   * @param until number of the last; null for the last that there is
   * @param content how much is wanted; null for as much as the subscription says
   */
  @Operation(name = "$events", type = Subscription.class, idempotent = true)
  public Bundle events(
      @IdParam IdType id,
      @OperationParam(name = "eventsSinceNumber", max = 1) StringType since,
      @OperationParam(name = "eventsUntilNumber", max = 1) StringType until,
      @OperationParam(name = "content", max = 1) CodeType content) {
    Kept kept = mine(id);
    long first = number("eventsSinceNumber", since, 1);
    long last = number("eventsUntilNumber", until, Long.MAX_VALUE);
    PayloadContent wanted = content == null ? subscriptions.content(kept) : content(content);
    List<Event> events = rows.between(kept.id(), first, last, MOST);
    Map<String, Resource> inSight = sight.read(events);
    if (wanted != PayloadContent.EMPTY) {
      inSight.values().forEach(found -> sight.patients(found).forEach(seen::add));
    }
    return new Notification(kept, kept.status(), Type.EVENTS, kept.events(), wanted)
        .bundle(events, inSight, clock.instant());
  }

  private Kept mine(IdType id) {
    return subscriptions
        .find(id.getIdPart())
        .orElseThrow(() -> Subscriptions.notThere(id.getIdPart()));
  }

  private static PayloadContent content(CodeType asked) {
    return PayloadContent.ofCode(asked.getValue())
        .orElseThrow(() -> refused("content", "empty, id-only or full-resource"));
  }

  private static long number(String name, StringType asked, long otherwise) {
    if (asked == null || asked.isEmpty()) {
      return otherwise;
    }
    if (!asked.getValue().matches("\\d{1,18}")) {
      throw refused(name, "the number of an event, such as 12");
    }
    return Long.parseLong(asked.getValue());
  }

  private static InvalidRequestException refused(String name, String rule) {
    String text = "The parameter %s must be %s.".formatted(name, rule);
    return new InvalidRequestException(text, Refusal.outcome(IssueType.INVALID, name, text));
  }
}
