package org.carepathway.launch;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.carepathway.ehr.CodeExchange.Proof;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * EHRs that may start us, {@code carepathway.launch.*}. Without one nobody may.
 *
 * @param ehrs by their names
 */
@Validated
@ConfigurationProperties("carepathway.launch")
record LaunchSettings(@DefaultValue Map<String, @Valid Ehr> ehrs) {

  /**
   * An EHR.
   *
   * @param iss base of its FHIR API, as it names it when it starts us
   * @param client our id there
   * @param proof how we show that it is us
   * @param secret for the proof of that name
   * @param scopes asked for beside {@code launch openid fhirUser}
   * @param users system of the identifiers of its Practitioners that are sign-in names here
   * @param patients system of the identifiers by which its patients are known here; without it any
   * @param knownFor how long ago its users may have signed in here by Keycloak
   * @param frames origins of its pages that may show us in a frame
   * @param answer how long it may take for an answer
   */
  record Ehr(
      @NotNull URI iss,
      @NotBlank String client,
      @DefaultValue("key") Proof proof,
      String secret,
      @DefaultValue({"user/Practitioner.rs", "patient/Patient.rs"}) List<String> scopes,
      @NotBlank String users,
      String patients,
      @DefaultValue("30d") Duration knownFor,
      @DefaultValue List<String> frames,
      @DefaultValue("5s") Duration answer) {}
}
