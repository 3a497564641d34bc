package org.carepathway.ehr;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Optional;

/** {@code make-key}: prints a private key of ours, for {@code carepathway.fhir.keys}. */
public final class MakeKey {

  public static final String NAME = "make-key";

  private static final int BITS = 3072;

  private MakeKey() {}

  /**
   * @return the exit code
   */
  public static int run(String... args) {
    Optional<JWK> key = key(args.length == 2 ? args[1] : "");
    if (key.isEmpty()) {
      System.err.println("Usage: make-key RS384|ES384 > key.json");
      return 2;
    }
    System.out.println(key.get().toJSONString());
    return 0;
  }

  /** Its kid is its thumbprint (RFC 7638); empty where SMART has no such algorithm. */
  public static Optional<JWK> key(String algorithm) {
    try {
      return switch (algorithm) {
        case "RS384" ->
            Optional.of(
                new RSAKeyGenerator(BITS)
                    .algorithm(JWSAlgorithm.RS384)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate());
        case "ES384" ->
            Optional.of(
                new ECKeyGenerator(Curve.P_384)
                    .algorithm(JWSAlgorithm.ES384)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate());
        default -> Optional.empty();
      };
    } catch (JOSEException e) {
      throw new IllegalStateException("This Java makes no keys of " + algorithm, e);
    }
  }
}
