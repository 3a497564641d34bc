package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.fhir.Unreadable;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Which patients a resource is about. */
@Component
public class PatientsOf {

  private static final String PATIENT = "Patient";

  /** Types outside the compartment of R4 name their patient by these, e.g. Task. */
  private static final Set<String> OTHERWISE = Set.of("patient", "subject");

  /**
   * R4 has it in the compartment for those that target the Patient itself, which no step writes.
   */
  private static final String PROVENANCE = "Provenance";

  private static final String OF_PROVENANCE =
      "https://carepathway.org/fhir/StructureDefinition/provenance-patient";

  /** The data of a document or file: whose, says its security context. */
  private static final String BINARY = "Binary";

  private final FhirContext fhirContext;
  private final JdbcTemplate jdbc;

  PatientsOf(FhirContext fhirContext, JdbcTemplate jdbc) {
    this.fhirContext = fhirContext;
    this.jdbc = jdbc;
  }

  /** Those it names; where it names none, those of the pathways that wrote it. */
  public Set<String> of(IBaseResource resource) {
    Set<String> named = named(resource);
    return named.isEmpty() && isAboutPatients(resource.fhirType())
        ? ofPathways(resource.getIdElement())
        : named;
  }

  /** Ids of the Patients that it names. */
  public Set<String> named(IBaseResource resource) {
    if (resource.fhirType().equals(PATIENT)) {
      String id = resource.getIdElement().getIdPart();
      return id == null ? Set.of() : Set.of(id);
    }
    if (Unreadable.is(resource)) {
      return referredTo(resource.getIdElement());
    }
    if (resource instanceof Provenance provenance && provenance.hasExtension(OF_PROVENANCE)) {
      Reference patient = (Reference) provenance.getExtensionByUrl(OF_PROVENANCE).getValue();
      return Set.of(patient.getReferenceElement().getIdPart());
    }
    if (resource instanceof Binary data) {
      IIdType owner = data.getSecurityContext().getReferenceElement();
      return PATIENT.equals(owner.getResourceType()) ? Set.of(owner.getIdPart()) : Set.of();
    }
    return owners(resource)
        .filter(owner -> !owner.isLocal())
        .map(IIdType::getIdPart)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it names patients, and none but such as it contains itself. */
  boolean namesOnlyWithin(IBaseResource resource) {
    return owners(resource).findAny().isPresent()
        && owners(resource).allMatch(IIdType::isLocal)
        && isAboutPatients(resource.fhirType());
  }

  private Stream<IIdType> owners(IBaseResource resource) {
    return fhirContext
        .newTerser()
        .getCompartmentOwnersForResource(PATIENT, resource, OTHERWISE)
        .stream()
        .filter(
            owner -> owner.getResourceType() == null || PATIENT.equals(owner.getResourceType()));
  }

  boolean isAboutPatients(String type) {
    return isInCompartment(type) || hasParameter(type) || type.equals(BINARY);
  }

  /** Whether HAPI can narrow a search of this type to the compartment. */
  boolean isInCompartment(String type) {
    return !type.equals(PROVENANCE)
        && !definition(type).getSearchParamsForCompartmentName(PATIENT).isEmpty();
  }

  private boolean hasParameter(String type) {
    return OTHERWISE.stream().anyMatch(name -> definition(type).getSearchParam(name) != null);
  }

  private RuntimeResourceDefinition definition(String type) {
    return fhirContext.getResourceDefinition(type);
  }

  /** What is stored of it can still be told from the store's index. */
  private Set<String> referredTo(IIdType id) {
    return Set.copyOf(
        jdbc.queryForList(
            """
            select distinct p.fhir_id from hfj_resource r
            join hfj_res_link l on l.src_resource_id = r.res_id
            join hfj_resource p on p.res_id = l.target_resource_id
            where r.res_type = ? and r.fhir_id = ? and p.res_type = 'Patient'""",
            String.class,
            id.getResourceType(),
            id.getIdPart()));
  }

  /**
   * The patients of the pathways that wrote a resource. The tables are those of the packages
   * pathway and record, which know of this one.
   */
  Set<String> ofPathways(IIdType id) {
    if (PATIENT.equals(id.getResourceType())) {
      return Set.of(id.getIdPart());
    }
    return Set.copyOf(
        jdbc.queryForList(
            """
            select distinct p.patient_id from pathway_resource r join pathway p on p.id = r.pathway_id
            where r.resource_type = ? and r.resource_id = ?""",
            String.class,
            id.getResourceType(),
            id.getIdPart()));
  }
}
