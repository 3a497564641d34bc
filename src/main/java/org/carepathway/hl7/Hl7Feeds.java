package org.carepathway.hl7;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.carepathway.inbox.Inbox;
import org.carepathway.mllp.MllpPort;
import org.carepathway.mllp.PortOptions;
import org.carepathway.startup.StartUpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The feeds of HL7 v2: reads their tables at the start, opens their ports once all is ready. */
@Component
class Hl7Feeds {

  private static final Logger LOG = LoggerFactory.getLogger(Hl7Feeds.class);

  private final Hl7Settings settings;
  private final Inbox inbox;
  private final SslBundles bundles;
  private final Clock clock;
  private final Map<String, Interpreter> interpreters = new HashMap<>();
  private final Map<String, SSLContext> secured = new HashMap<>();
  private final Map<String, MllpPort> ports = new LinkedHashMap<>();

  Hl7Feeds(Hl7Settings settings, Inbox inbox, SslBundles bundles, Clock clock) {
    this.settings = settings;
    this.inbox = inbox;
    this.bundles = bundles;
    this.clock = clock;
    MappingFiles files = new MappingFiles(settings.mapping());
    Mapping mapping = Mapping.read(files);
    MessageKinds kinds = MessageKinds.of(files);
    settings.feeds().forEach((name, feed) -> prepare(name, feed, mapping, kinds));
  }

  private void prepare(String name, Hl7Settings.Feed feed, Mapping mapping, MessageKinds kinds) {
    interpreters.put(
        name,
        new Interpreter(
            name,
            feed.charset(),
            feed.zone() == null ? clock.getZone() : feed.zone(),
            feed.patients(),
            mapping,
            kinds));
    if (feed.sslBundle() != null) {
      try {
        secured.put(name, bundles.getBundle(feed.sslBundle()).createSslContext());
      } catch (NoSuchSslBundleException e) {
        throw new StartUpException(
            "The feed %s names an SSL bundle that is not there: %s"
                .formatted(name, feed.sslBundle()),
            "Define spring.ssl.bundle.pem.%s with a key store and a trust store."
                .formatted(feed.sslBundle()),
            e);
      }
    }
  }

  /**
   * @throws IllegalStateException where the settings have no such feed any more: what it has sent
   *     waits until they have
   */
  Interpreter interpreter(String feed) {
    Interpreter interpreter = interpreters.get(feed);
    if (interpreter == null) {
      throw new IllegalStateException("There is no feed " + feed + " in carepathway.hl7.feeds");
    }
    return interpreter;
  }

  Set<String> names() {
    return settings.feeds().keySet();
  }

  /** Of messages that do not say it; also of a feed that the settings have no more. */
  Charset charset(String feed) {
    Hl7Settings.Feed known = settings.feeds().get(feed);
    return known == null ? StandardCharsets.UTF_8 : known.charset();
  }

  /** The port of a feed, for tests that take one that is free. */
  MllpPort port(String feed) {
    return ports.get(feed);
  }

  @EventListener(ApplicationReadyEvent.class)
  void open() {
    settings.feeds().forEach(this::open);
  }

  private void open(String name, Hl7Settings.Feed feed) {
    PortOptions options =
        new PortOptions(
            name,
            feed.address(),
            feed.port(),
            Senders.of(feed.senders()),
            secured.get(name),
            Math.toIntExact(feed.largest().toBytes()),
            feed.longest(),
            feed.connections());
    try {
      MllpPort port =
          MllpPort.open(options, new Hl7Door(name, interpreters.get(name), inbox, clock));
      ports.put(name, port);
      LOG.info(
          "HL7 v2 of the feed {} is taken at port {}{}",
          name,
          port.number(),
          feed.sslBundle() == null ? "" : " with TLS");
    } catch (IOException e) {
      throw new StartUpException(
          "The port of the feed %s cannot be had: %d (%s)"
              .formatted(name, feed.port(), e.getMessage()),
          "Choose another carepathway.hl7.feeds.%s.port, or end what uses this one."
              .formatted(name),
          e);
    }
  }

  @EventListener(ContextClosedEvent.class)
  void close() {
    ports.forEach(
        (name, port) -> {
          try {
            port.close();
          } catch (IOException e) {
            LOG.warn("The port of the feed {} did not close: {}", name, e.toString());
          }
        });
  }
}
