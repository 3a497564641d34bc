package org.carepathway.compartment;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.security.Permissions;
import org.carepathway.security.Permissions.Kind;
import org.carepathway.security.Permissions.Subject;
import org.springframework.stereotype.Component;

/** By which search parameter the resources of a type are found that are about a patient. */
@Component
class OfPatient {

  private static final String PATIENT = "Patient";
  private static final List<String> FIRST = List.of("patient", "subject");

  private final FhirContext fhirContext;
  private final Permissions permissions;

  OfPatient(FhirContext fhirContext, Permissions permissions) {
    this.fhirContext = fhirContext;
    this.permissions = permissions;
  }

  /** The types of R4's Patient compartment that are served, without the Patient. */
  SortedSet<String> types() {
    return served().filter(type -> parameter(type).isPresent()).collect(sorted());
  }

  /** The Patient and all that is about them. */
  SortedSet<String> everything() {
    return served()
        .filter(
            type ->
                PATIENT.equals(type) || parameter(type).isPresent() || besides(type).isPresent())
        .collect(sorted());
  }

  private Stream<String> served() {
    return permissions.subjects(Kind.RESOURCE).stream().map(Subject::name);
  }

  private static Collector<String, ?, TreeSet<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }

  /**
   * The parameter that names whom a resource is about; empty where R4's Patient compartment has no
   * such type or it is not served. Of several it is the one that is about the patient, not the one
   * that names who made it.
   */
  Optional<String> parameter(String type) {
    if (PATIENT.equals(type)
        || !permissions.subjects(Kind.RESOURCE).contains(new Subject(Kind.RESOURCE, type))) {
      return Optional.empty();
    }
    return fhirContext
        .getResourceDefinition(type)
        .getSearchParamsForCompartmentName(PATIENT)
        .stream()
        .map(RuntimeSearchParam::getName)
        .min(Comparator.comparing(OfPatient::rank).thenComparing(Comparator.naturalOrder()));
  }

  /** The same of a type that R4 leaves out of the compartment, such as Task. */
  Optional<String> besides(String type) {
    RuntimeResourceDefinition definition = fhirContext.getResourceDefinition(type);
    return PATIENT.equals(type) || parameter(type).isPresent()
        ? Optional.empty()
        : FIRST.stream().filter(name -> definition.getSearchParam(name) != null).findFirst();
  }

  private static int rank(String name) {
    int place = FIRST.indexOf(name);
    return place < 0 ? FIRST.size() : place;
  }
}
