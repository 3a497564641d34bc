package org.carepathway.demo.ehr;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import org.carepathway.startup.StartUpException;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Opens the demo's EHR with the patient whom the demo's messages of HL7 v2 refer, and the cohort.
 */
@Component
@Profile("demo")
@ConditionalOnProperty(DemoEhrSettings.ON)
class DemoEhr implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoEhr.class);

  private final StrictEhr ehr;
  private volatile int service;

  DemoEhr(@Value("${" + DemoEhrSettings.ON + "-opened-at}") int port, Clock clock)
      throws IOException {
    try {
      ehr = StrictEhr.open(port, () -> URI.create("http://localhost:" + service + '/'));
    } catch (BindException e) {
      throw new StartUpException(
          "The port of the demo's EHR cannot be had: " + port,
          "Choose another " + DemoEhrSettings.PORT + ", or end what uses this one.",
          e);
    }
    String today = LocalDate.now(clock).toString();
    FhirContext.forR4Cached()
        .newJsonParser()
        .parseResource(
            Bundle.class,
            new ClassPathResource("demo/ehr/records.json")
                .getContentAsString(StandardCharsets.UTF_8)
                .replace("{today}", today))
        .getEntry()
        .forEach(entry -> ehr.put(entry.getResource()));
    cohort();
  }

  /** So that the charts of the demo's cohort can be opened in it. */
  private void cohort() throws IOException {
    for (Resource file :
        new PathMatchingResourcePatternResolver().getResources("classpath:/demo/patients/*.json")) {
      FhirContext.forR4Cached()
          .newJsonParser()
          .parseResource(Bundle.class, file.getContentAsString(StandardCharsets.UTF_8))
          .getEntry()
          .stream()
          .map(Bundle.BundleEntryComponent::getResource)
          .filter(Patient.class::isInstance)
          .forEach(ehr::put);
    }
  }

  /** Our keys are there, and not at a port for the management. */
  @EventListener
  void opened(WebServerInitializedEvent event) {
    if (event.getApplicationContext().getServerNamespace() == null) {
      service = event.getWebServer().getPort();
      LOG.info("The demo's EHR: {}", ehr.base().replace("/fhir", "/"));
    }
  }

  StrictEhr ehr() {
    return ehr;
  }

  @Override
  public void close() {
    ehr.close();
  }
}
