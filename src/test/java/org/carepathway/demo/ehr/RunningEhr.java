package org.carepathway.demo.ehr;

import com.nimbusds.jose.jwk.ECKey;
import java.net.URI;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.ApplicationContext;

/** The demo's EHR as it runs in the service. */
public final class RunningEhr {

  private final StrictEhr ehr;

  private RunningEhr(StrictEhr ehr) {
    this.ehr = ehr;
  }

  public static RunningEhr of(ApplicationContext context) {
    return new RunningEhr(context.getBean(DemoEhr.class).ehr());
  }

  /** Address of its FHIR API. */
  public String base() {
    return ehr.base();
  }

  /** As its tokens name it. */
  public String issuer() {
    return ehr.issuer();
  }

  /** The key that it signs with as a client of CDS Hooks. */
  public ECKey key() {
    return ehr.hooks().key();
  }

  /** A token of CDS Hooks for one call of a service. */
  public String token(URI endpoint) {
    return ehr.hooks().token(endpoint);
  }

  /**
   * An app is about to be started.
   *
   * @param patient null for none
   * @param user id of a Practitioner
   * @param context of a card; null for none
   * @return what names the launch
   */
  public String begin(String patient, String user, String context) {
    return ehr.signIn().begin(new EhrSignIn.Launch(patient, "Practitioner/" + user, context));
  }

  /** A token for its FHIR API. */
  public String lend() {
    return ehr.lend();
  }

  /**
   * What was written to it of a patient.
   *
   * @param patient {@code Patient/id} there
   */
  public List<Resource> received(String patient) {
    return ehr.received().stream()
        .filter(one -> EhrSearch.references(one).anyMatch(patient::equals))
        .toList();
  }

  /** Stores a resource under its id. */
  public void put(Resource resource) {
    ehr.put(resource);
  }
}
