package org.carepathway.cdshooks;

import com.nimbusds.jwt.SignedJWT;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.cdshooks.CdsClient.TokenFault;
import org.carepathway.ehr.EhrAddress;
import org.carepathway.ehr.OwnAddress;
import org.carepathway.security.ActAs;
import org.carepathway.startup.StartUpException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The EHRs of the settings, by who has signed their tokens. */
@Component
class CdsClients {

  private static final String BEARER = "Bearer ";

  private final Map<String, CdsClient> byIssuer = new LinkedHashMap<>();
  private final OwnAddress address;
  private final ShownTokens shown;

  CdsClients(CdsSettings settings, OwnAddress address, ShownTokens shown) {
    this.address = address;
    this.shown = shown;
    settings.clients().forEach(this::add);
  }

  private void add(String name, CdsSettings.Client client) {
    String setting = "carepathway.cds-hooks.clients." + name + '.';
    require(
        EhrAddress.isSafe(client.jwks()),
        setting + "jwks is no address with TLS.",
        "Name it as https://host/path; http is for this machine only.");
    require(
        client.fhir().stream().allMatch(EhrAddress::isSafe),
        setting + "fhir has an address without TLS.",
        "Name each FHIR API as https://host/path; http is for this machine only.");
    require(
        client.origins().stream().allMatch(origin -> origin.matches("https?://[^/*?#\\s]+")),
        setting + "origins has what is no origin.",
        "Name them as https://host.");
    try {
      require(
          byIssuer.put(client.issuer(), new CdsClient(name, client, Clock.systemUTC())) == null,
          setting + "issuer is the same as another client's.",
          "Tokens tell clients apart by it: give each its own.");
    } catch (MalformedURLException unclear) {
      throw new StartUpException(
          setting + "jwks is no web address.", "Name it as https://host/path.", unclear);
    }
  }

  private static void require(boolean holds, String problem, String remedy) {
    if (!holds) {
      throw new StartUpException(problem, remedy, null);
    }
  }

  /** Of all clients, whose pages may call from a browser. */
  Set<String> origins() {
    return byIssuer.values().stream()
        .flatMap(client -> client.settings().origins().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Who calls; for the rest of the request they are signed in.
   *
   * @param authorization the header; may be null
   * @param path that is called
   * @throws CdsRefusal (401)
   */
  CdsClient signedIn(String authorization, String path) {
    if (authorization == null || !authorization.startsWith(BEARER)) {
      throw refused("is missing");
    }
    try {
      SignedJWT token = SignedJWT.parse(authorization.substring(BEARER.length()).strip());
      CdsClient client = byIssuer.get(String.valueOf(token.getJWTClaimsSet().getIssuer()));
      if (client == null) {
        throw refused("iss is none of carepathway.cds-hooks.clients");
      }
      CdsClient.Shown checked = client.check(token, address.of(path));
      if (!shown.first(client.settings().issuer(), checked)) {
        throw refused("jti was shown before");
      }
      ActAs.system(
          "cds-hooks:" + client.name(), client.name(), Set.copyOf(client.settings().teams()));
      return client;
    } catch (ParseException noToken) {
      throw refused("is no signed JWT");
    } catch (TokenFault fault) {
      throw refused(fault.getMessage());
    }
  }

  private static CdsRefusal refused(String rule) {
    return new CdsRefusal(
        HttpStatus.UNAUTHORIZED,
        "Authorization",
        "The client's JWT " + rule + ".",
        "Sign a new one for each call, as CDS Hooks 2.0 says under Trusting CDS Clients.");
  }
}
