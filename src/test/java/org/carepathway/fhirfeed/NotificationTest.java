package org.carepathway.fhirfeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What EHRs tell, as the guide writes it. */
class NotificationTest {

  private static Notification read(String bundle) throws Exception {
    return Notification.of(new ObjectMapper().readTree(bundle)).orElseThrow();
  }

  @Test
  void anEventOfR4IsReadByTheNamesOfItsParameters() throws Exception {
    Notification told =
        read(
            """
            {"resourceType": "Bundle", "type": "history", "entry": [
              {"resource": {"resourceType": "Parameters", "parameter": [
                {"name": "subscription", "valueReference": {"reference": "https://e/fhir/Subscription/a"}},
                {"name": "topic", "valueCanonical": "http://example.org/topic"},
                {"name": "status", "valueCode": "active"},
                {"name": "type", "valueCode": "event-notification"},
                {"name": "events-since-subscription-start", "valueString": "310"},
                {"name": "notification-event", "part": [
                  {"name": "event-number", "valueString": "309"},
                  {"name": "focus", "valueReference": {"reference": "https://e/fhir/Observation/1"}}]},
                {"name": "notification-event", "part": [
                  {"name": "event-number", "valueString": "310"},
                  {"name": "focus", "valueReference": {"reference": "https://e/fhir/Observation/2"}}]}]}},
              {"resource": {"resourceType": "Observation", "id": "1"}}]}
            """);

    assertThat(told.subscription()).isEqualTo("https://e/fhir/Subscription/a");
    assertThat(told.type()).isEqualTo("event-notification");
    assertThat(told.status()).isEqualTo("active");
    assertThat(told.last()).isEqualTo(310);
    assertThat(told.events())
        .containsExactly(
            new Notification.Event(309L, "https://e/fhir/Observation/1"),
            new Notification.Event(310L, "https://e/fhir/Observation/2"));
    assertThat(told.resources()).hasSize(1);
  }

  @Test
  void whatIsNoNotificationIsNone() throws Exception {
    ObjectMapper json = new ObjectMapper();
    assertThat(Notification.of(json.readTree("{}"))).isEmpty();
    assertThat(Notification.of(json.readTree("[1]"))).isEmpty();
    assertThat(
            Notification.of(
                json.readTree(
                    "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\"}}]}")))
        .isEmpty();
  }
}
