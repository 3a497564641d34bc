package org.carepathway.demo.ehr;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Starts an app for who works at the EHR, as SMART App Launch says, and no other way.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html">SMART 2.2, App
 *     Launch</a>
 */
final class EhrSignIn {

  private static final Duration CODE = Duration.ofSeconds(60);
  private static final Duration ID_TOKEN = Duration.ofMinutes(5);
  private static final String RANDOM = "[A-Za-z0-9_-]{43,128}";

  private final String base;
  private final String client;
  private final Supplier<URI> redirect;
  private final EhrHooks keys;
  private final EhrTokens tokens;
  private final Clock clock;
  private final Map<String, Launch> launches = new ConcurrentHashMap<>();
  private final Map<String, Code> codes = new ConcurrentHashMap<>();

  /**
   * @param patient id; null for an app that is started without one
   * @param user such as {@code Practitioner/p-1}
   * @param context that a card gave along; null for none
   */
  record Launch(String patient, String user, String context) {}

  private record Code(Launch launch, String nonce, String challenge, Instant end) {}

  /**
   * @param redirect that the app has registered
   */
  EhrSignIn(
      String base,
      String client,
      Supplier<URI> redirect,
      EhrHooks keys,
      EhrTokens tokens,
      Clock clock) {
    this.base = base;
    this.client = client;
    this.redirect = redirect;
    this.keys = keys;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** An app is about to be started; returns what names the launch. */
  String begin(Launch launch) {
    String id = UUID.randomUUID().toString();
    launches.put(id, launch);
    return id;
  }

  /** Where the browser goes on to, with a code. */
  URI authorize(Map<String, String> asked) {
    require("code".equals(asked.get("response_type")), "response_type");
    require(client.equals(asked.get("client_id")), "client_id");
    require(redirect.get().toString().equals(asked.get("redirect_uri")), "redirect_uri");
    require(base.equals(asked.get("aud")), "aud");
    require(
        Arrays.asList(asked.getOrDefault("scope", "").split(" "))
            .containsAll(List.of("launch", "openid", "fhirUser")),
        "scope");
    require(asked.getOrDefault("state", "").matches(RANDOM), "state");
    require("S256".equals(asked.get("code_challenge_method")), "code_challenge_method");
    require(asked.getOrDefault("code_challenge", "").matches(RANDOM), "code_challenge");
    Launch launch = launches.remove(asked.getOrDefault("launch", ""));
    require(launch != null, "launch");
    String code = UUID.randomUUID().toString();
    codes.put(
        code,
        new Code(
            launch,
            asked.get("nonce"),
            asked.get("code_challenge"),
            Instant.now(clock).plus(CODE)));
    return URI.create(
        redirect.get()
            + "?code="
            + code
            + "&state="
            + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new Refused(400, "invalid", what + " is not as it must be");
    }
  }

  /** The client has shown that it is itself. */
  Map<String, Object> exchange(Map<String, String> form) {
    Code code = codes.remove(form.getOrDefault("code", ""));
    if (code == null
        || Instant.now(clock).isAfter(code.end())
        || !redirect.get().toString().equals(form.get("redirect_uri"))
        || !code.challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
      throw new Refused(400, "invalid_grant", "The code, its redirect_uri or its verifier");
    }
    Map<String, Object> given = new HashMap<>();
    given.put("access_token", tokens.lend());
    given.put("token_type", "Bearer");
    given.put("expires_in", ID_TOKEN.toSeconds());
    given.put("scope", "launch openid fhirUser user/Practitioner.rs patient/Patient.rs");
    given.put("id_token", idToken(code));
    if (code.launch().patient() != null) {
      given.put("patient", code.launch().patient());
    }
    if (code.launch().context() != null) {
      given.put("appContext", code.launch().context());
    }
    return given;
  }

  private String idToken(Code code) {
    Instant now = Instant.now(clock);
    return keys.sign(
        new JWTClaimsSet.Builder()
            .issuer(base)
            .subject(code.launch().user())
            .audience(client)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(ID_TOKEN)))
            .claim("nonce", code.nonce())
            .claim("fhirUser", base + '/' + code.launch().user())
            .build());
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
