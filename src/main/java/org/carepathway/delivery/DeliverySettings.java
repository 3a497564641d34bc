package org.carepathway.delivery;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is sent to the hospital's systems, {@code carepathway.outbox.*}. Without a site nothing is
 * kept and nobody is called.
 *
 * @param workers how many entries are sent to a site at once by this process; 0 for none
 * @param tries after how many attempts that failed by itself an entry waits for a person
 * @param pause before the second attempt; doubled before each further one, with some chance
 * @param longest pause
 * @param settle after an attempt of which nobody knows whether it was written: how long the site
 *     may take until it can be asked
 * @param keep how long entries are kept that were sent or set aside
 * @param sites by their names; where a feed of {@code carepathway.fhir.feeds} has the same name, it
 *     is written to over FHIR
 */
@Validated
@ConfigurationProperties("carepathway.outbox")
public record DeliverySettings(
    @DefaultValue("2") int workers,
    @DefaultValue("6") int tries,
    @DefaultValue("5s") Duration pause,
    @DefaultValue("5m") Duration longest,
    @DefaultValue("30s") Duration settle,
    @DefaultValue("365d") Duration keep,
    @DefaultValue Map<String, @Valid Site> sites) {

  /**
   * A system that receives.
   *
   * @param vendor what it does otherwise than its capability statement says: {@code epic}, {@code
   *     oracle}, {@code meditech}, {@code plain}, or a file of the site's own
   * @param strangers what happens with patients whom its FHIR API does not know
   * @param hl7 where it takes messages of HL7 v2; null where it takes none
   */
  public record Site(
      @DefaultValue("plain") String vendor,
      @DefaultValue("TELL") Strangers strangers,
      @Valid Hl7 hl7) {}

  /** Patients whom a site does not know. */
  public enum Strangers {
    /** A person has to see to it. */
    TELL,
    /** Nothing is sent of them: the site is another hospital's. */
    LEAVE
  }

  /**
   * A port of HL7 v2 over MLLP.
   *
   * @param application that receives (MSH-5)
   * @param facility that receives (MSH-6)
   * @param messages kinds that it takes
   * @param patients system of the identifiers that PID-3 names; without it all of theirs
   * @param sslBundle of {@code spring.ssl.bundle} for TLS; null for none
   * @param connect how long a connection may take
   * @param answer how long an acknowledgement may take
   */
  public record Hl7(
      @NotBlank String host,
      int port,
      @DefaultValue("EHR") String application,
      @DefaultValue("HOSPITAL") String facility,
      @DefaultValue({"ORU^R01", "SIU", "MDM^T02", "ORM^O01"}) List<String> messages,
      String patients,
      String sslBundle,
      @DefaultValue("5s") Duration connect,
      @DefaultValue("30s") Duration answer) {}
}
