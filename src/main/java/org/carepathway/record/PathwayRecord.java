package org.carepathway.record;

import ca.uhn.fhir.repository.IRepository;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.carepathway.fhir.UnreadableResource;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * The FHIR record of one pathway within one transaction: what is stored and, over it, what this
 * step has written so far. Nothing reaches the store before the transaction is about to commit.
 *
 * <p>Not thread-safe; lives as long as its transaction.
 */
public final class PathwayRecord {

  private final RecordHeader header;
  private final IRepository repository;
  private final RecordCache cache;
  private final Map<String, RecordIndex.Entry> stored = new HashMap<>();
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Map<String, String> elementOfWrite = new LinkedHashMap<>();
  private final Set<String> adopted = new HashSet<>();

  PathwayRecord(
      RecordHeader header,
      IRepository repository,
      RecordCache cache,
      Collection<RecordIndex.Entry> index) {
    this.header = header;
    this.repository = repository;
    this.cache = cache;
    for (RecordIndex.Entry entry : index) {
      resources.put(entry.key(), null);
      stored.put(entry.key(), entry);
      if (entry.adopted()) {
        adopted.add(entry.key());
      }
    }
  }

  public RecordHeader header() {
    return header;
  }

  /**
   * All resources of the pathway in the order first written, what this step wrote last. To read
   * only: others read the same objects.
   */
  public List<Resource> all() {
    return select(type -> true);
  }

  /**
   * The resources of these types, e.g. {@code Observation}, in the order first written. To read
   * only: others read the same objects.
   */
  public List<Resource> ofTypes(Set<String> types) {
    return select(types::contains);
  }

  /** A copy of one resource of the record, free to be changed and written. */
  public <T extends Resource> Optional<T> find(Class<T> type, String id) {
    String key = type.getSimpleName() + '/' + id;
    return resources.containsKey(key) ? Optional.of(type.cast(load(key).copy())) : Optional.empty();
  }

  /** A copy of one resource that the record must have. */
  public <T extends Resource> T get(Class<T> type, String id) {
    return find(type, id)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s/%s is not in the record of pathway %s"
                        .formatted(type.getSimpleName(), id, header.pathwayId())));
  }

  /**
   * Adds or replaces a resource.
   *
   * @param element the BPMN element that writes it
   * @param resource with its id
   */
  public void write(String element, Resource resource) {
    String key = key(resource);
    resources.put(key, resource);
    elementOfWrite.put(key, element);
  }

  /** Whether this transaction writes a resource. */
  public boolean isWrittenNow(Resource resource) {
    return elementOfWrite.containsKey(key(resource));
  }

  /** Takes a resource that others keep, e.g. the Patient, into the record without writing it. */
  void adopt(Resource resource) {
    String key = key(resource);
    resources.putIfAbsent(key, resource);
    adopted.add(key);
  }

  /** What this transaction wrote, by BPMN element. */
  Map<String, List<Resource>> writes() {
    Map<String, List<Resource>> byElement = new LinkedHashMap<>();
    elementOfWrite.forEach(
        (key, element) ->
            byElement.computeIfAbsent(element, e -> new ArrayList<>()).add(resources.get(key)));
    return byElement;
  }

  /**
   * What the index must learn: the resources that are new to the record or were written.
   *
   * @param revision of this transaction
   */
  List<RecordIndex.Entry> changes(UUID revision) {
    return resources.keySet().stream()
        .filter(key -> !stored.containsKey(key) || elementOfWrite.containsKey(key))
        .map(key -> new RecordIndex.Entry(new IdType(key), adopted.contains(key), revision))
        .toList();
  }

  /** Keeps what was written for later readers, once it is committed. */
  void committed(Collection<RecordIndex.Entry> changes) {
    changes.forEach(entry -> cache.keep(entry, resources.get(entry.key())));
  }

  private List<Resource> select(Predicate<String> type) {
    return resources.keySet().stream()
        .filter(key -> type.test(key.substring(0, key.indexOf('/'))))
        .toList()
        .stream()
        .flatMap(this::readable)
        .toList();
  }

  /** One that cannot be read must not hide the others; pages say that it is missing. */
  private Stream<Resource> readable(String key) {
    try {
      return Stream.of(load(key));
    } catch (UnreadableResource told) {
      return Stream.empty();
    }
  }

  private Resource load(String key) {
    Resource known = resources.get(key);
    if (known == null) {
      RecordIndex.Entry entry = stored.get(key);
      known = cache.find(entry).orElseGet(() -> read(entry));
      resources.put(key, known);
    }
    return known;
  }

  private Resource read(RecordIndex.Entry entry) {
    Resource read = (Resource) repository.read(type(entry.id().getResourceType()), entry.id());
    cache.keep(entry, read);
    return read;
  }

  private Class<? extends IBaseResource> type(String name) {
    return repository.fhirContext().getResourceDefinition(name).getImplementingClass();
  }

  private static String key(Resource resource) {
    return resource.fhirType() + '/' + resource.getIdElement().getIdPart();
  }
}
