package org.carepathway.compartment;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.fhir.NothingHere;
import org.carepathway.fhir.Sender;
import org.carepathway.security.Readable;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Collects what is about one patient. */
@Component
class Everything {

  private static final String PATIENT = "Patient";

  private final OfPatient ofPatient;
  private final Readable readable;
  private final DaoRegistry daos;
  private final FhirContext fhirContext;

  Everything(OfPatient ofPatient, Readable readable, DaoRegistry daos, FhirContext fhirContext) {
    this.ofPatient = ofPatient;
    this.readable = readable;
    this.daos = daos;
    this.fhirContext = fhirContext;
  }

  /** Of which resources can be: those in sight are fewer. */
  SortedSet<String> types() {
    SortedSet<String> types = ofPatient.everything();
    types.removeIf(type -> !daos.isResourceTypeSupported(type));
    return types;
  }

  /**
   * @param base address of the server, for the links
   * @throws ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException (404) when the patient is
   *     not there, or out of sight
   */
  Bundle about(String patient, Asked asked, String base) {
    IIdType whom = new IdType(PATIENT, patient);
    if (!readable.patient(patient) || ids(PATIENT, by("_id", patient), null).isEmpty()) {
      throw NothingHere.of(whom.getValue());
    }
    // One more than the page has tells whether there is another page; later types are not searched.
    List<IIdType> all =
        (asked.types().isEmpty() ? types() : asked.types())
            .stream()
                .filter(asked::reaches)
                .filter(readable::type)
                .flatMap(type -> about(whom, type, asked.since()).filter(asked::reaches))
                .limit(asked.count() + 1)
                .toList();
    List<IIdType> page = all.subList(0, Math.min(asked.count(), all.size()));
    Bundle found = new Bundle().setType(BundleType.SEARCHSET);
    found.addLink().setRelation("self").setUrl(asked.url(base, patient));
    if (page.size() < all.size()) {
      IIdType last = page.get(page.size() - 1);
      found.addLink().setRelation("next").setUrl(asked.next(last).url(base, patient));
    }
    List<Resource> matches = inSight(page);
    matches.forEach(resource -> add(found, base, resource, SearchEntryMode.MATCH));
    inSight(referred(matches))
        .forEach(resource -> add(found, base, resource, SearchEntryMode.INCLUDE));
    return found;
  }

  private Stream<IIdType> about(IIdType patient, String type, Date since) {
    SearchParameterMap query =
        type.equals(PATIENT)
            ? by("_id", patient.getIdPart())
            : new SearchParameterMap()
                .add(
                    ofPatient.parameter(type).or(() -> ofPatient.besides(type)).orElseThrow(),
                    new ReferenceParam(patient.getValue()));
    return ids(type, query, since).stream();
  }

  private List<IIdType> ids(String type, SearchParameterMap query, Date since) {
    if (since != null) {
      query.setLastUpdated(new DateRangeParam(since, null));
    }
    return dao(type).searchForResourceIds(query, asService()).stream()
        .map(id -> (IIdType) new IdType(type, id.getIdPart()))
        .sorted(Comparator.comparing(IIdType::getIdPart))
        .toList();
  }

  private List<Resource> inSight(Collection<IIdType> ids) {
    Map<String, List<String>> byType = new LinkedHashMap<>();
    ids.forEach(
        id ->
            byType
                .computeIfAbsent(id.getResourceType(), type -> new ArrayList<>())
                .add(id.getIdPart()));
    return byType.entrySet().stream()
        .flatMap(
            some ->
                dao(some.getKey())
                    .searchForResources(
                        by("_id", some.getValue().toArray(String[]::new)), asService())
                    .stream())
        .map(Resource.class::cast)
        .filter(readable::resource)
        .toList();
  }

  /** What is no patient's, such as who wrote it and where it was. */
  private List<IIdType> referred(List<Resource> matches) {
    return matches.stream()
        .flatMap(resource -> fhirContext.newTerser().getAllResourceReferences(resource).stream())
        .map(found -> found.getResourceReference().getReferenceElement().toUnqualifiedVersionless())
        .filter(id -> id.hasResourceType() && id.hasIdPart())
        .filter(id -> daos.isResourceTypeSupported(id.getResourceType()))
        .filter(id -> readable.isNoPatients(id.getResourceType()))
        .collect(
            Collectors.toMap(IIdType::getValue, id -> id, (one, same) -> one, LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }

  private static void add(
      Bundle bundle, String base, IBaseResource resource, SearchEntryMode mode) {
    bundle
        .addEntry()
        .setFullUrl(base + '/' + resource.fhirType() + '/' + resource.getIdElement().getIdPart())
        .setResource((Resource) resource)
        .getSearch()
        .setMode(mode);
  }

  private static SearchParameterMap by(String parameter, String... values) {
    TokenOrListParam any = new TokenOrListParam();
    Stream.of(values).forEach(value -> any.add(new TokenParam(value)));
    SearchParameterMap query = new SearchParameterMap();
    query.add(parameter, any);
    query.setLoadSynchronous(true);
    return query;
  }

  private IFhirResourceDao<IBaseResource> dao(String type) {
    return daos.getResourceDao(type);
  }

  /** Who asks is looked at here, for every resource. */
  private static SystemRequestDetails asService() {
    return Sender.STEP.on(new SystemRequestDetails());
  }
}
