package org.carepathway.rehearsal;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.HookParams;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.interceptor.executor.InterceptorService;
import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.api.InterceptorInvocationTimingEnum;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import com.google.common.collect.Multimap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.fhir.Sender;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A FHIR store in memory, one for each thread, that joins Spring's transaction as the real one
 * does: what a failed transaction wrote is gone, and the store's interceptors are called. Resources
 * are copied in and out.
 *
 * <p>HAPI's InMemoryFhirRepository is not used: it searches by _id only, hands out what it stores,
 * and writes out every resource as JSON for its log.
 */
final class MemoryStore implements IRepository {

  private final FhirContext fhir;
  private final InterceptorService interceptors;
  private final MemorySearch search;
  private final ThreadLocal<Map<String, Resource>> stored =
      ThreadLocal.withInitial(LinkedHashMap::new);

  private final ThreadLocal<List<Resource>> written = ThreadLocal.withInitial(ArrayList::new);
  private final ThreadLocal<Sender> sender = ThreadLocal.withInitial(() -> Sender.STEP);

  MemoryStore(FhirContext fhir, InterceptorService interceptors) {
    this.fhir = fhir;
    this.interceptors = interceptors;
    this.search = new MemorySearch(fhir);
  }

  /** Forgets what this thread has stored. */
  void clear() {
    stored.remove();
    written.remove();
  }

  /** Stores what somebody else sends: a resource without an id is new. */
  void receive(Sender from, Resource resource) {
    sender.set(from);
    try {
      if (resource.hasId()) {
        update(resource, Map.of());
      } else {
        create(resource, Map.of());
      }
    } finally {
      sender.remove();
    }
  }

  /** The way back to what this thread has stored now; all that was written must be taken before. */
  Runnable bookmark() {
    Map<String, Resource> now = new LinkedHashMap<>(stored.get());
    return () -> {
      stored.set(new LinkedHashMap<>(now));
      written.remove();
    };
  }

  /** What this thread has written since the last call, each version; not to be changed. */
  List<Resource> takeWritten() {
    List<Resource> taken = List.copyOf(written.get());
    written.remove();
    return taken;
  }

  /** All that this thread has stored, the oldest first; not to be changed. */
  List<Resource> all() {
    return List.copyOf(stored.get().values());
  }

  @Override
  public FhirContext fhirContext() {
    return fhir;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T extends IBaseResource, I extends IIdType> T read(
      Class<T> type, I id, Map<String, String> headers) {
    Resource found = stored.get().get(key(fhir.getResourceType(type), id));
    if (found == null) {
      throw new ResourceNotFoundException(id);
    }
    return (T) found.copy();
  }

  @Override
  public <T extends IBaseResource> MethodOutcome create(T resource, Map<String, String> headers) {
    Resource created = (Resource) resource;
    created.setId(created.fhirType() + '/' + UUID.randomUUID());
    return store(List.of(created)).get(0);
  }

  @Override
  public <T extends IBaseResource> MethodOutcome update(T resource, Map<String, String> headers) {
    return store(List.of((Resource) resource)).get(0);
  }

  @Override
  public <T extends IBaseResource, I extends IIdType> MethodOutcome delete(
      Class<T> type, I id, Map<String, String> headers) {
    throw new UnsupportedOperationException("nothing is deleted");
  }

  @Override
  @SuppressWarnings("unchecked")
  public <B extends IBaseBundle> B transaction(B bundle, Map<String, String> headers) {
    List<Resource> resources = new ArrayList<>();
    Map<String, String> ids = new HashMap<>();
    for (Bundle.BundleEntryComponent entry : ((Bundle) bundle).getEntry()) {
      Resource resource = entry.getResource();
      if (entry.getRequest().getMethod() == Bundle.HTTPVerb.POST) {
        resource.setId(resource.fhirType() + '/' + UUID.randomUUID());
      } else if (entry.getRequest().getMethod() == Bundle.HTTPVerb.PUT) {
        resource.setId(new IdType(entry.getRequest().getUrl()));
      } else {
        throw new UnsupportedOperationException("only POST and PUT");
      }
      if (entry.hasFullUrl()) {
        ids.put(entry.getFullUrl(), resource.getId());
      }
      resources.add(resource);
    }
    resources.forEach(resource -> resolve(resource, ids));
    store(resources);
    return (B) new Bundle().setType(Bundle.BundleType.TRANSACTIONRESPONSE);
  }

  /** As the real store does: what refers to another entry's fullUrl refers to its id. */
  private void resolve(Resource resource, Map<String, String> ids) {
    fhir.newTerser().getAllResourceReferences(resource).stream()
        .map(ResourceReferenceInfo::getResourceReference)
        .filter(reference -> ids.containsKey(reference.getReferenceElement().getValue()))
        .forEach(
            reference ->
                reference.setReference(ids.get(reference.getReferenceElement().getValue())));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <B extends IBaseBundle, T extends IBaseResource> B search(
      Class<B> bundleType,
      Class<T> type,
      Multimap<String, List<IQueryParameterType>> parameters,
      Map<String, String> headers) {
    Bundle found = new Bundle().setType(Bundle.BundleType.SEARCHSET);
    search
        .run(stored.get().values().stream().filter(type::isInstance), parameters)
        .forEach(resource -> found.addEntry().setResource(resource.copy()));
    return (B) found;
  }

  private List<MethodOutcome> store(List<Resource> resources) {
    undoWithTransaction();
    List<MethodOutcome> outcomes = new ArrayList<>();
    List<Runnable> beforeCommit = new ArrayList<>();
    for (Resource resource : resources) {
      String key = key(resource.fhirType(), resource.getIdElement());
      Resource before = stored.get().get(key);
      if (before == null) {
        call(
            Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED,
            params(null, resource).add(RequestPartitionId.class, null));
      } else {
        call(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, params(before, resource));
      }
      int version = before == null ? 1 : Integer.parseInt(before.getMeta().getVersionId()) + 1;
      resource.getMeta().setVersionId(String.valueOf(version));
      stored.get().put(key, (Resource) resource.copy());
      written.get().add(stored.get().get(key));
      beforeCommit.add(
          () ->
              call(
                  before == null
                      ? Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED
                      : Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED,
                  params(before, resource)
                      .add(
                          InterceptorInvocationTimingEnum.class,
                          InterceptorInvocationTimingEnum.ACTIVE)));
      MethodOutcome outcome = new MethodOutcome(resource.getIdElement(), before == null);
      outcome.setResource(resource);
      outcomes.add(outcome);
    }
    beforeCommit.forEach(Runnable::run);
    return outcomes;
  }

  private HookParams params(Resource before, Resource after) {
    HookParams params = new HookParams();
    if (before != null) {
      params.add(IBaseResource.class, before.copy());
    }
    return params
        .add(IBaseResource.class, after)
        .add(RequestDetails.class, sender.get().on(new SystemRequestDetails()))
        .add(ServletRequestDetails.class, null)
        .add(TransactionDetails.class, new TransactionDetails());
  }

  private void call(Pointcut pointcut, HookParams params) {
    if (interceptors.hasHooks(pointcut)) {
      interceptors.callHooks(pointcut, params);
    }
  }

  /** The first write of a transaction keeps what was stored before it. */
  private void undoWithTransaction() {
    if (TransactionSynchronizationManager.isSynchronizationActive()
        && !TransactionSynchronizationManager.hasResource(this)) {
      Map<String, Resource> before = new LinkedHashMap<>(stored.get());
      int mark = written.get().size();
      TransactionSynchronizationManager.bindResource(this, before);
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
              TransactionSynchronizationManager.unbindResource(MemoryStore.this);
              if (status != STATUS_COMMITTED) {
                stored.set(before);
                written.get().subList(mark, written.get().size()).clear();
              }
            }
          });
    }
  }

  private static String key(String type, IIdType id) {
    return type + '/' + id.getIdPart();
  }
}
