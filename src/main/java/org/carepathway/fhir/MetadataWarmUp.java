package org.carepathway.fhir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Asks for the CapabilityStatement once the service is ready, on a thread of its own: the first one
 * takes seconds, and every client begins with it. The start waits for nothing.
 */
@Component
class MetadataWarmUp {

  private static final Logger LOG = LoggerFactory.getLogger(MetadataWarmUp.class);

  @EventListener
  void ready(ApplicationReadyEvent ready) {
    if (ready.getApplicationContext() instanceof WebServerApplicationContext web) {
      int port = web.getWebServer().getPort();
      Thread thread = new Thread(() -> ask(port), "metadata-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Where the service does not answer plain HTTP at its own address, the first client waits. */
  private static void ask(int port) {
    URI metadata = URI.create("http://localhost:" + port + "/fhir/metadata");
    try {
      HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(metadata).build(), BodyHandlers.discarding());
    } catch (IOException e) {
      LOG.info("metadata was not asked for at the start: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
