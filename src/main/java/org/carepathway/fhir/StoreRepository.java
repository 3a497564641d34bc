package org.carepathway.fhir;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.repository.HapiFhirRepository;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.persistence.EntityManager;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseBundle;

/**
 * The embedded store as an {@link ca.uhn.fhir.repository.IRepository}.
 *
 * <p>HAPI 8.8's {@code HapiFhirRepository.transaction} calls {@code IFhirSystemDao.transaction},
 * which is {@code Propagation.NEVER} and so refuses to run inside a step's transaction; {@code
 * transactionNested} joins it (ADR 0001). What Hibernate holds back of the same transaction is sent
 * first: HAPI looks for existing versions by SQL, and a resource that was just updated would else
 * meet its own former version.
 */
final class StoreRepository extends HapiFhirRepository {

  private final IFhirSystemDao<IBaseBundle, ?> systemDao;
  private final EntityManager entities;
  private final Sender sender;

  StoreRepository(
      DaoRegistry daoRegistry, RestfulServer server, EntityManager entities, Sender sender) {
    super(daoRegistry, sender.on(new SystemRequestDetails()), server);
    this.sender = sender;
    this.systemDao = daoRegistry.getSystemDao();
    this.entities = entities;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <B extends IBaseBundle> B transaction(B bundle, Map<String, String> headers) {
    if (entities.isJoinedToTransaction()) {
      entities.flush();
    }
    return (B) systemDao.transactionNested(sender.on(new SystemRequestDetails()), bundle);
  }
}
