package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Where an operation of ours has the name of one that HAPI has, HAPI's is not offered at all, at no
 * level: which of two it would call is left to the order in which it found them.
 */
@Interceptor
public final class OwnOperations {

  private final Set<String> ours;
  private final TakenParameters parameters;

  OwnOperations(List<FhirOperations> operations, TakenParameters parameters) {
    this.parameters = parameters;
    this.ours =
        operations.stream()
            .flatMap(bean -> Arrays.stream(bean.getClass().getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(Operation.class))
            .map(method -> method.getAnnotation(Operation.class))
            .map(operation -> type(operation) + '/' + operation.name())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** "null" for one of the server itself, as HAPI has it. */
  private static String type(Operation operation) {
    return String.valueOf(
        operation.type() == IBaseResource.class ? null : operation.type().getSimpleName());
  }

  /** Null where the method is not to be offered. */
  @Hook(Pointcut.SERVER_PROVIDER_METHOD_BOUND)
  public BaseMethodBinding bound(BaseMethodBinding method) {
    boolean replaced =
        method instanceof OperationMethodBinding operation
            && !(method.getProvider() instanceof FhirOperations)
            && ours.contains(operation.getResourceName() + '/' + operation.getName());
    if (!replaced && method instanceof OperationMethodBinding operation) {
      parameters.of(operation);
    }
    return replaced ? null : method;
  }
}
