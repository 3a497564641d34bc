package org.carepathway.cdshooks;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
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
 * EHRs that may ask for cards, {@code carepathway.cds-hooks.*}. Without one nobody may.
 *
 * @param clients by their names, as the audit calls them
 * @param keep how long it is kept what was shown and what the clinician did with it
 */
@Validated
@ConfigurationProperties("carepathway.cds-hooks")
record CdsSettings(
    @DefaultValue Map<String, @Valid Client> clients, @DefaultValue("90d") Duration keep) {

  /**
   * An EHR.
   *
   * @param issuer as its tokens name it
   * @param jwks where it publishes its public keys
   * @param fhir addresses of its FHIR API: only these are read with a token that it lends
   * @param patients system of the identifiers by which its patients are known here; without it any
   * @param teams {@code site} or {@code site/team}, whose patients it may ask for
   * @param origins of its pages that call from a browser (CORS)
   * @param language of cards where the request names none
   * @param smart whether it starts us as a SMART app, so that cards lead there
   * @param answer how long its FHIR API may take for an answer
   * @param largest a request, and an answer of its FHIR API
   */
  record Client(
      @NotBlank String issuer,
      @NotNull URI jwks,
      @DefaultValue List<String> fhir,
      String patients,
      @DefaultValue("*") List<String> teams,
      @DefaultValue List<String> origins,
      @DefaultValue("en") String language,
      @DefaultValue("false") boolean smart,
      @DefaultValue("2s") Duration answer,
      @DefaultValue("5MB") DataSize largest) {}
}
