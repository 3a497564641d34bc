package org.carepathway.fhir;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.persistence.EntityManager;
import org.springframework.stereotype.Component;

/**
 * The embedded store as others write to it inside this process: guarded, audited, and with events
 * for pathways, in the transaction of the caller (ADR 0016).
 */
@Component
public class FeedStore {

  private final DaoRegistry daos;
  private final RestfulServer server;
  private final EntityManager entities;

  FeedStore(DaoRegistry daos, RestfulServer server, EntityManager entities) {
    this.daos = daos;
    this.server = server;
    this.entities = entities;
  }

  /**
   * @param feed its name in settings and audit
   */
  public IRepository of(String feed) {
    return new StoreRepository(daos, server, entities, Sender.feed(feed));
  }

  /** As who is signed in writes to it on a page. */
  public IRepository ofPerson() {
    return new StoreRepository(daos, server, entities, Sender.PERSON);
  }
}
