package org.carepathway.ehr;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * EHRs that are read over FHIR, {@code carepathway.fhir.*}. Without a feed nobody is called.
 *
 * @param keys where our private keys are, a JWK each, the newest first: it signs, all are published
 * @param feeds by their names, as the audit and the inbox call them
 */
@Validated
@ConfigurationProperties("carepathway.fhir")
public record EhrSettings(
    @DefaultValue List<String> keys, @DefaultValue Map<String, @Valid Feed> feeds) {

  /**
   * An EHR and how it is read.
   *
   * @param base address of its FHIR R4 API
   * @param client our id there; without it no token is asked for
   * @param token address of its token endpoint; without it the EHR's own smart-configuration says
   *     it
   * @param scopes asked for
   * @param interval from the end of one round of questions to the next one
   * @param overlap how far back each question reaches beyond the last one
   * @param resources what is asked of each patient: a type, and parameters where the EHR wants them
   * @param patients system of the identifiers by which the EHR knows patients; without it any of
   *     theirs
   * @param search how questions are sent: POST keeps patients' numbers out of addresses; both are
   *     the same to a server of R4
   * @param page resources of an answer
   * @param budget questions in a minute
   * @param connect how long a connection may take
   * @param answer how long an answer may take as a whole
   * @param largest an answer
   * @param notifications what the EHR tells us by itself; null for nothing
   */
  public record Feed(
      @NotNull URI base,
      String client,
      URI token,
      @DefaultValue("system/*.rs") List<String> scopes,
      @DefaultValue("60s") Duration interval,
      @DefaultValue("5m") Duration overlap,
      @DefaultValue({
            "AllergyIntolerance",
            "Condition",
            "MedicationRequest",
            "Observation",
            "Encounter",
            "DiagnosticReport"
          })
          List<String> resources,
      String patients,
      @DefaultValue("POST") Search search,
      @DefaultValue("100") int page,
      @DefaultValue("300") int budget,
      @DefaultValue("5s") Duration connect,
      @DefaultValue("30s") Duration answer,
      @DefaultValue("20MB") DataSize largest,
      @Valid Notifications notifications) {}

  /**
   * Subscriptions that an EHR has for us (R5 backport for R4, rest-hook).
   *
   * @param secret that it sends as {@code Authorization: Bearer SECRET}
   * @param subscriptions such as {@code Subscription/12}; those of others are refused
   * @param heartbeat how long it is silent at most; null where it sends no heartbeat
   */
  public record Notifications(
      @NotBlank String secret, @NotEmpty List<String> subscriptions, Duration heartbeat) {}

  /** How a question is sent. */
  public enum Search {
    GET,
    POST
  }
}
