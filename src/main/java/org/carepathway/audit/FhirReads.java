package org.carepathway.audit;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.security.PatientsOf;
import org.carepathway.security.SeenPatients;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.springframework.stereotype.Component;

/** Notes on a request at {@code /fhir} what it has read. */
@Component
@Interceptor
class FhirReads implements FhirInterceptor {

  private static final String NOTE = FhirReads.class.getName();
  private static final Set<RestOperationTypeEnum> SEARCHES =
      EnumSet.of(RestOperationTypeEnum.SEARCH_TYPE, RestOperationTypeEnum.GET_PAGE);
  private static final Set<RestOperationTypeEnum> WRITES =
      EnumSet.of(
          RestOperationTypeEnum.CREATE,
          RestOperationTypeEnum.UPDATE,
          RestOperationTypeEnum.TRANSACTION,
          RestOperationTypeEnum.METADATA);

  private static final String EVERYTHING = "$everything";

  private final PatientsOf patientsOf;
  private final SeenPatients seen;

  FhirReads(PatientsOf patientsOf, SeenPatients seen) {
    this.patientsOf = patientsOf;
    this.seen = seen;
  }

  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void answered(RequestDetails details, IBaseResource answer) {
    RestOperationTypeEnum operation = details.getRestOperationType();
    if (answer == null
        || WRITES.contains(operation)
        || !(details instanceof ServletRequestDetails request)) {
      return;
    }
    List<IBaseResource> read = resources(answer).toList();
    if (answer instanceof Binary || EVERYTHING.equals(details.getOperation())) {
      read.stream()
          .flatMap(resource -> patientsOf.of(resource).stream())
          .findFirst()
          .ifPresent(seen::exported);
    }
    request
        .getServletRequest()
        .setAttribute(
            NOTE,
            new Read(
                SEARCHES.contains(operation),
                read.stream().map(FhirReads::name).collect(Collectors.toSet()),
                read.stream()
                    .flatMap(resource -> patientsOf.of(resource).stream())
                    .collect(Collectors.toSet())));
  }

  /** What a request has read; null where it was not at {@code /fhir} or has read nothing. */
  static Read of(HttpServletRequest request) {
    return (Read) request.getAttribute(NOTE);
  }

  private static Stream<IBaseResource> resources(IBaseResource answer) {
    return answer instanceof Bundle bundle
        ? bundle.getEntry().stream()
            .filter(BundleEntryComponent::hasResource)
            .map(BundleEntryComponent::getResource)
        : Stream.of(answer);
  }

  private static String name(IBaseResource resource) {
    return resource.fhirType() + '/' + resource.getIdElement().getIdPart();
  }

  /**
   * @param resources {@code Type/id}
   * @param patients ids of the Patients that they are about
   */
  record Read(boolean search, Set<String> resources, Set<String> patients) {}
}
