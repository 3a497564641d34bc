package org.carepathway.subscription;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;

/**
 * What subscribers are sent: a Bundle of the type history whose first entry says of which
 * subscription it is and how that stands.
 *
 * @param status of the subscription
 * @param since events that there were, this notification's included
 * @param content how much is said of what has changed
 */
record Notification(
    Kept kept, SubscriptionStatus status, Type type, long since, PayloadContent content) {

  private static final String ERRORS = "http://terminology.hl7.org/CodeSystem/subscription-error";

  /** What is told, as ValueSet {@code subscription-notification-type} has it. */
  enum Type {
    HANDSHAKE("handshake"),
    HEARTBEAT("heartbeat"),
    EVENT("event-notification"),
    STATUS("query-status"),
    EVENTS("query-event");

    private final String code;

    Type(String code) {
      this.code = code;
    }
  }

  /** How the subscription stands, without any event. */
  Parameters withoutEvents() {
    return parameters(List.of(), Map.of());
  }

  /**
   * @param events of which it tells
   * @param inSight what of them the subscriber may read, by {@code Type/id}; of the others it says
   *     that there was something
   */
  Bundle bundle(List<Event> events, Map<String, Resource> inSight, Instant now) {
    Bundle bundle = new Bundle().setType(BundleType.HISTORY);
    bundle.setId(UUID.randomUUID().toString());
    bundle.setTimestamp(Date.from(now));
    bundle.getMeta().addProfile(Backport.NOTIFICATION);
    Parameters status = parameters(events, inSight);
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:" + status.getIdElement().getIdPart())
        .setResource(status)
        .setRequest(request(HTTPVerb.GET, address() + "/$status"))
        .getResponse()
        .setStatus("200");
    if (content == PayloadContent.FULL_RESOURCE) {
      events.stream()
          .filter(event -> inSight.containsKey(event.focus()))
          .map(Event::focus)
          .distinct()
          .forEach(focus -> bundle.addEntry(entry(focus, events, inSight.get(focus))));
    }
    return bundle;
  }

  private BundleEntryComponent entry(String focus, List<Event> events, Resource resource) {
    boolean created =
        events.stream().anyMatch(event -> event.focus().equals(focus) && event.created());
    BundleEntryComponent entry =
        new BundleEntryComponent()
            .setFullUrl(kept.base() + '/' + focus)
            .setResource(resource)
            .setRequest(
                created
                    ? request(HTTPVerb.POST, resource.fhirType())
                    : request(HTTPVerb.PUT, focus));
    entry.getResponse().setStatus(created ? "201" : "200");
    return entry;
  }

  private static Bundle.BundleEntryRequestComponent request(HTTPVerb method, String url) {
    return new Bundle.BundleEntryRequestComponent().setMethod(method).setUrl(url);
  }

  private Parameters parameters(List<Event> events, Map<String, Resource> inSight) {
    Parameters parameters = new Parameters();
    parameters.setId(UUID.randomUUID().toString());
    parameters.getMeta().addProfile(Backport.STATUS);
    parameters.addParameter("subscription", new Reference(address()));
    if (content != PayloadContent.EMPTY) {
      parameters.addParameter("topic", new CanonicalType(kept.topic().canonical()));
    }
    parameters.addParameter("status", new CodeType(status.toCode()));
    parameters.addParameter("type", new CodeType(type.code));
    parameters.addParameter(
        "events-since-subscription-start", new StringType(String.valueOf(since)));
    events.forEach(event -> parameters.addParameter(event(event, inSight)));
    if (kept.said() != null) {
      CodeableConcept error = new CodeableConcept().setText(kept.said());
      error.addCoding().setSystem(ERRORS).setCode("no-response");
      parameters.addParameter("error", error);
    }
    return parameters;
  }

  private ParametersParameterComponent event(Event event, Map<String, Resource> inSight) {
    ParametersParameterComponent told =
        new ParametersParameterComponent().setName("notification-event");
    told.addPart().setName("event-number").setValue(new StringType(event.number().toString()));
    told.addPart().setName("timestamp").setValue(new InstantType(Date.from(event.at())));
    if (content != PayloadContent.EMPTY && inSight.containsKey(event.focus())) {
      told.addPart().setName("focus").setValue(new Reference(kept.base() + '/' + event.focus()));
    }
    return told;
  }

  private String address() {
    return kept.base() + "/Subscription/" + kept.id();
  }
}
