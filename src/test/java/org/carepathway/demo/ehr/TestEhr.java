package org.carepathway.demo.ehr;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.hl7.fhir.r4.model.Resource;

/** The demo's EHR, for tests of who reads it. */
public final class TestEhr implements AutoCloseable {

  public static final String CLIENT = StrictEhr.CLIENT;

  private final AtomicReference<JWKSet> keys = new AtomicReference<>(new JWKSet());
  private final StrictEhr ehr;

  private TestEhr(EhrRecords records, Clock clock) throws IOException {
    ehr = StrictEhr.open(0, records, EhrManner.PLAIN, keys::get, clock);
  }

  public static TestEhr open() throws IOException {
    return new TestEhr(new EhrRecords(Clock.systemUTC()), Clock.systemUTC());
  }

  /**
   * @param records whatever is there when a page is asked for
   */
  public static TestEhr open(Restless records) throws IOException {
    return new TestEhr(records, Clock.systemUTC());
  }

  /** What the client publishes from now on. */
  public TestEhr publish(JWK... published) {
    keys.set(new JWKSet(List.of(published)).toPublicJWKSet());
    return this;
  }

  public URI base() {
    return URI.create(ehr.base());
  }

  public void put(Resource resource) {
    ehr.put(resource);
  }

  public void endTokens() {
    ehr.endTokens();
  }

  @Override
  public void close() {
    ehr.close();
  }

  /** Records that change whenever they are looked at. */
  public abstract static class Restless extends EhrRecords {

    protected Restless() {
      super(Clock.systemUTC());
    }

    protected abstract void lookedAt();

    @Override
    List<Resource> all(String type) {
      lookedAt();
      return super.all(type);
    }

    protected final void store(Resource resource, Instant stamped) {
      put(resource, stamped);
    }
  }
}
