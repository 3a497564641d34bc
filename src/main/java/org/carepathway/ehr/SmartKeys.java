package org.carepathway.ehr;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.startup.StartUpException;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;

/**
 * Our keys towards EHRs, the newest first. It signs; all are published, so that an EHR that has
 * read our keys before the last one was made still knows one.
 */
@Component
public class SmartKeys {

  private static final int SHORTEST = 2048;
  private static final String SETTING = "carepathway.fhir.keys";

  private final List<JWK> keys;

  SmartKeys(EhrSettings settings) {
    ResourceLoader files = ApplicationResourceLoader.get();
    List<JWK> read = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < settings.keys().size(); i++) {
      JWK key = read(files, settings.keys().get(i), i);
      if (!ids.add(key.getKeyID())) {
        throw refused(i, "has the kid of a key before it", null);
      }
      read.add(key);
    }
    keys = List.copyOf(read);
  }

  private static JWK read(ResourceLoader files, String location, int number) {
    try {
      JWK key = JWK.parse(files.getResource(location).getContentAsString(StandardCharsets.UTF_8));
      if (key.getKeyID() == null || !key.isPrivate()) {
        throw refused(number, "is no private key with a kid", null);
      }
      return signing(key, number);
    } catch (IOException | ParseException | IllegalArgumentException e) {
      throw refused(number, "cannot be read as a key (JWK)", e);
    }
  }

  /** SMART names two algorithms, RS384 and ES384. */
  private static JWK signing(JWK key, int number) {
    if (key instanceof RSAKey rsa && rsa.size() >= SHORTEST) {
      return new RSAKey.Builder(rsa).algorithm(JWSAlgorithm.RS384).build();
    }
    if (key instanceof ECKey ec && ec.getCurve().equals(Curve.P_384)) {
      return new ECKey.Builder(ec).algorithm(JWSAlgorithm.ES384).build();
    }
    throw refused(number, "is neither RSA of 2048 bits or more nor of the curve P-384", null);
  }

  private static StartUpException refused(int number, String why, Exception cause) {
    return new StartUpException(
        "%s[%d] %s.".formatted(SETTING, number, why),
        "Make one with: java -jar care-pathway.jar make-key RS384 (or ES384) > key.json, and name it as file:/.../key.json.",
        cause);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /**
   * Those an EHR can check, in their order.
   *
   * @param algorithms that it names; empty where it names none
   */
  List<JWK> of(Set<String> algorithms) {
    return keys.stream()
        .filter(key -> algorithms.isEmpty() || algorithms.contains(name(key.getAlgorithm())))
        .toList();
  }

  private static String name(Algorithm algorithm) {
    return algorithm.getName();
  }

  /** The public halves. */
  Map<String, Object> published() {
    return new JWKSet(keys).toJSONObject(true);
  }
}
