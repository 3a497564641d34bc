package org.carepathway.incoming;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.util.BundleBuilder;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.Multimap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.fhir.FeedStore;
import org.carepathway.fhir.Refusal;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.springframework.stereotype.Component;

/** The record as messages find and change it. */
@Component
public class SentRecord {

  /** What an EHR sends and a patient's record is moved with. */
  private static final List<String> MOVED =
      List.of(
          "AllergyIntolerance",
          "Appointment",
          "Condition",
          "DiagnosticReport",
          "DocumentReference",
          "Encounter",
          "ImagingStudy",
          "MedicationRequest",
          "MedicationStatement",
          "Observation",
          "Procedure",
          "ServiceRequest");

  private final IRepository repository;
  private final FeedStore feeds;
  private final Records records;
  private final Pathways pathways;

  SentRecord(IRepository repository, FeedStore feeds, Records records, Pathways pathways) {
    this.repository = repository;
    this.feeds = feeds;
    this.records = records;
    this.pathways = pathways;
  }

  /**
   * The resource of a patient that a message speaks of, or a new one under its id.
   *
   * @param numbers by which it may be known here already
   * @param id under which it is stored else
   */
  public Resource known(String type, List<Identifier> numbers, String id, String patient) {
    Resource known =
        numbers.stream()
            .flatMap(number -> byNumber(type, number, patient).stream())
            .findFirst()
            .or(() -> read(type, id))
            .orElseGet(
                () -> (Resource) ResourceFactory.createResource(type).setId(new IdType(type, id)));
    if (!Subjects.of(known).stream().allMatch(patient::equals)) {
      throw Refusal.rule(
          type,
          "%s with this number is another patient's; nothing was stored. Whose it is must be found out first."
              .formatted(type));
    }
    return known;
  }

  private Optional<Resource> byNumber(String type, Identifier number, String patient) {
    Multimap<String, List<IQueryParameterType>> query = ArrayListMultimap.create();
    query.put("identifier", List.of(new TokenParam(number.getSystem(), number.getValue())));
    query.put("patient", List.of(new ReferenceParam("Patient/" + patient)));
    Bundle found = repository.search(Bundle.class, type(type), query, Map.of());
    return found.getEntry().stream().findFirst().map(entry -> entry.getResource().copy());
  }

  /** The types that an EHR sends of a patient. */
  public static List<String> types() {
    return MOVED;
  }

  public boolean isThere(String type, String id) {
    return read(type, id).isPresent();
  }

  /** Whether a step of a pathway wrote it, so that no feed changes it. */
  public boolean isPathways(Resource resource) {
    return records.isWrittenByPathway(resource.getIdElement());
  }

  /** Nobody works on a pathway that has ended: that is said with what came. */
  public String ended(String patient) {
    List<Pathway> all = pathways.ofPatient(patient);
    return !all.isEmpty() && all.stream().noneMatch(Pathway::isActive)
        ? " The patient's pathway has ended."
        : "";
  }

  /** By a search: a read of what is not there would have the whole transaction taken back. */
  private Optional<Resource> read(String type, String id) {
    Multimap<String, List<IQueryParameterType>> query = ArrayListMultimap.create();
    query.put("_id", List.of(new TokenParam(id)));
    Bundle found = repository.search(Bundle.class, type(type), query, Map.of());
    return found.getEntry().stream().findFirst().map(entry -> entry.getResource().copy());
  }

  /** What others have sent of a patient; what steps of a pathway wrote stays where it is. */
  List<Resource> sentOf(String patient) {
    return MOVED.stream().flatMap(type -> sentOf(patient, type).stream()).toList();
  }

  /** Those of one type. */
  public List<Resource> sentOf(String patient, String type) {
    List<Resource> all = new ArrayList<>();
    Multimap<String, List<IQueryParameterType>> query = ArrayListMultimap.create();
    query.put("patient", List.of(new ReferenceParam("Patient/" + patient)));
    Bundle page = repository.search(Bundle.class, type(type), query, Map.of());
    while (page != null) {
      page.getEntry().stream()
          .map(entry -> entry.getResource().copy())
          .filter(resource -> !records.isWrittenByPathway(resource.getIdElement()))
          .forEach(all::add);
      page =
          page.getLink(Bundle.LINK_NEXT) == null
              ? null
              : repository.link(Bundle.class, page.getLink(Bundle.LINK_NEXT).getUrl());
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static Class<Resource> type(String type) {
    return (Class<Resource>) ResourceFactory.createResource(type).getClass();
  }

  /** All or nothing, as a feed. */
  public void write(String feed, List<Resource> resources) {
    if (!resources.isEmpty()) {
      BundleBuilder bundle = new BundleBuilder(FhirContext.forR4Cached());
      resources.forEach(bundle::addTransactionUpdateEntry);
      feeds.of(feed).transaction(bundle.getBundleTyped());
    }
  }
}
