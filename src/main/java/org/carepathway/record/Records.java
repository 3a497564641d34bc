package org.carepathway.record;

import ca.uhn.fhir.repository.IRepository;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The unit of work: collects what the steps of one database transaction write to the FHIR record
 * and sends it as one FHIR transaction Bundle, with its Provenance, just before the commit. All of
 * it is stored or none (ADR 0001).
 */
@Component
public class Records {

  private final IRepository repository;
  private final RecordIndex index;
  private final RecordCache cache;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Records(
      IRepository repository,
      RecordIndex index,
      RecordCache cache,
      ApplicationEventPublisher events,
      Clock clock) {
    this.repository = repository;
    this.index = index;
    this.cache = cache;
    this.events = events;
    this.clock = clock;
  }

  /** The record of a pathway in the current transaction. The caller holds the pathway's lock. */
  public PathwayRecord open(RecordHeader header) {
    return work()
        .records
        .computeIfAbsent(
            header.pathwayId(), id -> new PathwayRecord(header, repository, cache, index.find(id)));
  }

  /** The record of a pathway that begins, with the resources that are stored already. */
  public PathwayRecord begin(RecordHeader header, Collection<? extends Resource> known) {
    PathwayRecord record = new PathwayRecord(header, repository, cache, List.of());
    known.forEach(record::adopt);
    work().records.put(header.pathwayId(), record);
    return record;
  }

  /** A read-only view of a pathway's record, for pages and prefill. */
  public PathwayRecord view(RecordHeader header) {
    return new PathwayRecord(header, repository, cache, index.find(header.pathwayId()));
  }

  /** Whether a step of a pathway wrote this resource, so that only steps change it. */
  public boolean isWrittenByPathway(IdType id) {
    return index.isWrittenByPathway(new IdType(id.getResourceType(), id.getIdPart()));
  }

  /** Names what set this transaction off; the first one named stands. */
  public void triggeredBy(Trigger trigger) {
    Work work = work();
    if (work.trigger == null) {
      work.trigger = trigger;
    }
  }

  /**
   * Runs steps that one of several things of the same transaction sets off, such as the second
   * result of a message: what they write has ids of its own. Provenance names the first.
   */
  public void because(Trigger cause, Runnable steps) {
    triggeredBy(cause);
    Work work = work();
    Trigger outer = work.cause;
    work.cause = cause;
    try {
      steps.run();
    } finally {
      work.cause = outer;
    }
  }

  /** What set this transaction off, or the steps that run now. */
  public Trigger trigger() {
    Work work = work();
    Trigger trigger = work.cause == null ? work.trigger : work.cause;
    if (trigger == null) {
      throw new IllegalStateException("a step's transaction has named no trigger");
    }
    return trigger;
  }

  private Work work() {
    Work work = (Work) TransactionSynchronizationManager.getResource(this);
    if (work == null) {
      if (!TransactionSynchronizationManager.isActualTransactionActive()) {
        throw new IllegalStateException("the record is written only inside a transaction");
      }
      work = new Work();
      TransactionSynchronizationManager.bindResource(this, work);
      TransactionSynchronizationManager.registerSynchronization(work);
    }
    return work;
  }

  private final class Work implements TransactionSynchronization {

    private final UUID revision = UUID.randomUUID();
    private final Map<UUID, PathwayRecord> records = new LinkedHashMap<>();
    private final Map<PathwayRecord, List<RecordIndex.Entry>> changes = new LinkedHashMap<>();
    private Trigger trigger;
    private Trigger cause;

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(Records.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(Records.this, this);
    }

    /** What is sent may start another pathway, which has a record to send too. */
    @Override
    public void beforeCommit(boolean readOnly) {
      for (Optional<PathwayRecord> next = unsent(); next.isPresent(); next = unsent()) {
        send(next.get());
      }
    }

    private Optional<PathwayRecord> unsent() {
      return records.values().stream().filter(record -> !changes.containsKey(record)).findFirst();
    }

    private void send(PathwayRecord record) {
      Map<String, List<Resource>> writes = record.writes();
      if (!writes.isEmpty()) {
        Provenances provenances = new Provenances(record.header(), trigger(), clock.instant());
        record.write(writes.keySet().iterator().next(), provenances.of(writes));
        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        record.writes().values().forEach(resources -> resources.forEach(r -> put(bundle, r)));
        repository.transaction(bundle);
        events.publishEvent(RecordWritten.of(record.header(), trigger(), bundle));
      }
      changes.put(record, record.changes(revision));
      index.save(record.header().pathwayId(), changes.get(record));
    }

    @Override
    public void afterCommit() {
      changes.forEach(PathwayRecord::committed);
    }

    @Override
    public void beforeCompletion() {
      TransactionSynchronizationManager.unbindResourceIfPossible(Records.this);
    }
  }

  private static void put(Bundle bundle, Resource resource) {
    String url = resource.fhirType() + '/' + resource.getIdElement().getIdPart();
    bundle
        .addEntry()
        .setFullUrl(url)
        .setResource(resource)
        .getRequest()
        .setMethod(Bundle.HTTPVerb.PUT)
        .setUrl(url);
  }
}
