package org.carepathway.subscription;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelComponent;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.springframework.stereotype.Component;

/** Reads what a Subscription asks for, and refuses (422) what cannot be had, with its element. */
@Component
class WantedReading {

  private static final String JSON = "application/fhir+json";
  private static final String XML = "application/fhir+xml";
  private static final int LONGEST_TIMEOUT = 60;
  private static final int LONGEST_HEARTBEAT = 86_400 * 7;
  private static final int MOST = 100;

  private final AllowedEndpoints endpoints;
  private final Filters filters;
  private final SubscriberSettings settings;
  private final Clock clock;

  WantedReading(
      AllowedEndpoints endpoints, Filters filters, SubscriberSettings settings, Clock clock) {
    this.endpoints = endpoints;
    this.filters = filters;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @throws BaseServerResponseException (422) with the element and what to write there
   */
  Wanted read(Subscription sent) {
    if (sent.hasModifierExtension() || sent.getChannel().hasModifierExtension()) {
      throw refused("modifierExtension", "None is known here: leave it out");
    }
    Topic topic = topic(sent);
    List<String> narrowed =
        sent.getCriteriaElement().getExtensionsByUrl(Backport.FILTER).stream()
            .map(extension -> filters.read(topic, text(extension)))
            .toList();
    if (sent.hasEnd() && !sent.getEnd().toInstant().isAfter(clock.instant())) {
      throw refused("end", "It is over already: name a time to come, or leave it out");
    }
    return new Wanted(
        topic,
        narrowed,
        channel(sent.getChannel()),
        sent.hasEnd() ? sent.getEnd().toInstant() : null);
  }

  private static Topic topic(Subscription sent) {
    return Topic.ofCanonical(sent.getCriteria())
        .orElseThrow(
            () ->
                refused(
                    "criteria",
                    "It must be the canonical of a topic, one of "
                        + String.join(
                            ", ", Stream.of(Topic.values()).map(Topic::canonical).toList())));
  }

  /** What was stored was found right before; its end may have passed since. */
  Channel channel(SubscriptionChannelComponent channel) {
    if (channel.getType() != SubscriptionChannelType.RESTHOOK
        || channel.getTypeElement().hasExtension(Backport.CHANNEL_TYPE)) {
      throw refused("channel.type", "Only rest-hook is offered, without backport-channel-type");
    }
    int timeout =
        number(channel, Backport.TIMEOUT, 1, LONGEST_TIMEOUT)
            .orElse(Math.toIntExact(settings.answer().toSeconds()));
    return new Channel(
        endpoint(channel),
        payload(channel),
        Headers.read(channel.getHeader()),
        content(channel),
        number(channel, Backport.HEARTBEAT, 1, LONGEST_HEARTBEAT)
            .map(Duration::ofSeconds)
            .orElse(null),
        Duration.ofSeconds(timeout),
        number(channel, Backport.MAX_COUNT, 1, MOST).orElse(settings.batch()));
  }

  private URI endpoint(SubscriptionChannelComponent channel) {
    try {
      URI endpoint = new URI(String.valueOf(channel.getEndpoint()));
      if (!endpoints.contain(endpoint)) {
        throw notAllowed();
      }
      return endpoint;
    } catch (URISyntaxException unclear) {
      throw notAllowed();
    }
  }

  private static BaseServerResponseException notAllowed() {
    return refused(
        "channel.endpoint",
        "It is none of the addresses that may be told: who runs this service names it, with https, in carepathway.subscriptions.endpoints");
  }

  private static String payload(SubscriptionChannelComponent channel) {
    String payload = channel.hasPayload() ? channel.getPayload() : "";
    String[] parts = payload.split(";", 2);
    String type = parts[0].strip();
    boolean known =
        (type.equals(JSON) || type.equals(XML))
            && (parts.length == 1
                || parts[1].replace(" ", "").replace("\"", "").matches("fhirVersion=4\\.0(\\.1)?"));
    if (!known) {
      throw refused(
          "channel.payload", "It must be %s or %s, of fhirVersion=4.0".formatted(JSON, XML));
    }
    return payload;
  }

  static PayloadContent content(SubscriptionChannelComponent channel) {
    List<Extension> said = channel.getPayloadElement().getExtensionsByUrl(Backport.CONTENT);
    return Optional.of(said)
        .filter(all -> all.size() == 1)
        .flatMap(all -> PayloadContent.ofCode(text(all.get(0))))
        .orElseThrow(
            () ->
                refused(
                    "channel.payload.extension('" + Backport.CONTENT + "')",
                    "Say once how much is told: empty, id-only or full-resource"));
  }

  private static Optional<Integer> number(
      SubscriptionChannelComponent channel, String url, int least, int most) {
    List<Extension> said = channel.getExtensionsByUrl(url);
    if (said.isEmpty()) {
      return Optional.empty();
    }
    String text = said.size() == 1 ? String.valueOf(text(said.get(0))) : "";
    if (!text.matches("\\d{1,7}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw refused(
          "channel.extension('" + url + "')",
          "It must be there once, as a whole number from %d to %d".formatted(least, most));
    }
    return Optional.of(Integer.valueOf(text));
  }

  private static String text(Extension extension) {
    return extension.getValue() instanceof PrimitiveType<?> value ? value.getValueAsString() : null;
  }

  static BaseServerResponseException refused(String element, String rule) {
    return Refusal.rule("Subscription." + element, rule + ". Nothing was stored.");
  }
}
