package org.carepathway.fhir;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.repository.HapiFhirRepository;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseBundle;

/**
 * The embedded store as an {@link ca.uhn.fhir.repository.IRepository}.
 *
 * <p>HAPI 8.8's {@code HapiFhirRepository.transaction} calls {@code IFhirSystemDao.transaction},
 * which is {@code Propagation.NEVER} and so refuses to run inside a step's transaction; {@code
 * transactionNested} joins it (ADR 0001).
 */
final class StoreRepository extends HapiFhirRepository {

  private final IFhirSystemDao<IBaseBundle, ?> systemDao;

  StoreRepository(DaoRegistry daoRegistry, RestfulServer server) {
    super(daoRegistry, new SystemRequestDetails(), server);
    this.systemDao = daoRegistry.getSystemDao();
  }

  @Override
  @SuppressWarnings("unchecked")
  public <B extends IBaseBundle> B transaction(B bundle, Map<String, String> headers) {
    return (B) systemDao.transactionNested(new SystemRequestDetails(), bundle);
  }
}
