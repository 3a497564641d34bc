package org.carepathway.delivery;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.impl.memory.InMemoryFhirRepository;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.database.ScratchPostgres;
import org.hl7.fhir.r4.model.Patient;

/**
 * A process that empties the outbox, and nothing else: it starts in seconds, to be killed often.
 */
public final class DeliveryProcess {

  static final int PATIENTS = 8;

  /**
   * What was sent has come to its end at the EHR by then, also where processes start beside it and
   * get the processor.
   */
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private DeliveryProcess() {}

  /**
   * @param arguments address of the database, then {@code vendor=port} for each EHR and {@code
   *     hl7=port} for a system without FHIR
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, URI> bases = new LinkedHashMap<>();
    Map<String, DeliverySettings.Site> sites = new LinkedHashMap<>();
    for (int i = 1; i < arguments.length; i++) {
      String name = arguments[i].split("=")[0];
      int port = Integer.parseInt(arguments[i].split("=")[1]);
      boolean isHl7 = name.equals("hl7");
      if (!isHl7) {
        bases.put(name, URI.create("http://localhost:" + port + "/fhir"));
      }
      sites.put(
          name,
          new DeliverySettings.Site(
              isHl7 ? "plain" : name, DeliverySettings.Strangers.TELL, isHl7 ? hl7(port) : null));
    }
    InMemoryFhirRepository repository =
        InMemoryFhirRepository.emptyRepository(FhirContext.forR4Cached());
    for (int i = 0; i < PATIENTS; i++) {
      Patient patient = new Patient();
      patient.setId("p" + i);
      patient.addIdentifier().setSystem("urn:test").setValue("p" + i);
      repository.update(patient);
    }
    DeliverySettings settings =
        new DeliverySettings(
            2,
            1000,
            Duration.ofMillis(20),
            Duration.ofMillis(500),
            SETTLE,
            Duration.ofDays(1),
            sites);
    Rig.of(ScratchPostgres.open(arguments[0]), settings, bases, "3s", repository).threads().begin();
    Thread.currentThread().join();
  }

  private static DeliverySettings.Hl7 hl7(int port) {
    return new DeliverySettings.Hl7(
        "localhost",
        port,
        "EHR",
        "HOSPITAL",
        List.of("ORU^R01", "SIU", "MDM^T02", "ORM^O01"),
        null,
        null,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }
}
