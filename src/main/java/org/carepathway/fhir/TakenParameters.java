package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.springframework.stereotype.Component;

/**
 * What is asked besides a search. A parameter that is not taken would be passed over, and the
 * answer would look like one to what was asked: 400 with those that are taken.
 */
@Component
@Interceptor
class TakenParameters implements FhirInterceptor {

  /** How an answer is to look; for every request. */
  private static final Set<String> ANSWER = Set.of("_format", "_pretty", "_summary", "_elements");

  private static final Set<String> HISTORY = Set.of("_count", "_offset", "_since", "_at");

  private static final String VALIDATE = "$validate";

  /** By {@link #key}; what takes a whole body of its own is not in it. */
  private final Map<String, Set<String>> ofOperations = new HashMap<>();

  private final Map<String, Predicate<String>> notLookedAt = new HashMap<>();

  private final FhirContext fhirContext;

  TakenParameters(FhirContext fhirContext) {
    this.fhirContext = fhirContext;
  }

  /** Reads what an operation takes from its method, as HAPI does. */
  void of(OperationMethodBinding operation) {
    if (takesBody(operation.getMethod())) {
      return;
    }
    Set<String> names = names(operation.getMethod());
    String type = operation.getResourceName();
    NotLookedAt more = operation.getMethod().getAnnotation(NotLookedAt.class);
    if (more != null) {
      notLookedAt.put(
          type + '/' + operation.getName(), Pattern.compile(more.value()).asMatchPredicate());
    }
    if (operation.isCanOperateAtInstanceLevel()) {
      ofOperations.put(key(type, operation.getName(), true), names);
    }
    if (operation.isCanOperateAtTypeLevel() || operation.isCanOperateAtServerLevel()) {
      ofOperations.put(key(type, operation.getName(), false), names);
    }
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = RequestOrder.ENTRIES)
  public void check(RequestDetails request) {
    Collection<String> asked = request.getParameters().keySet();
    switch (request.getRestOperationType()) {
      case METADATA -> {
        require(asked, Set.of("mode"), "'metadata'");
        onlyFull(request.getParameters().get("mode"));
      }
      case READ, VREAD -> require(asked, Set.of(), "a read");
      case HISTORY_INSTANCE -> require(asked, HISTORY, "a history");
      case CREATE, DELETE, TRANSACTION -> require(asked, Set.of(), "this request");
      // The condition of one without an id is made its id before (ConditionalUpdates).
      case UPDATE, PATCH ->
          require(asked, hasId(request) ? Set.of() : Set.of("_id"), "an update by its id");
      case EXTENDED_OPERATION_SERVER,
          EXTENDED_OPERATION_TYPE,
          EXTENDED_OPERATION_INSTANCE,
          VALIDATE ->
          operation(request, asked);
      default -> {}
    }
  }

  private void operation(RequestDetails request, Collection<String> all) {
    String name = request.getOperation();
    Collection<String> asked = lookedAt(request, all);
    if (VALIDATE.equals(name)) {
      require(asked, Set.of("profile", "mode"), "'$validate' in the address");
      return;
    }
    Set<String> taken = ofOperations.get(key(request.getResourceName(), name, hasId(request)));
    if (request.getRequestType() != RequestTypeEnum.POST) {
      if (taken != null) {
        require(asked, taken, "'" + name + "'");
      }
      return;
    }
    require(
        asked,
        Set.of(),
        "the address or form of a POST of '%s', whose own stand in Parameters in the body"
            .formatted(name));
    if (taken != null && sent(request) instanceof Parameters parameters) {
      require(
          lookedAt(
              request,
              parameters.getParameter().stream()
                  .map(ParametersParameterComponent::getName)
                  .toList()),
          taken,
          "'" + name + "'");
    }
  }

  private Collection<String> lookedAt(RequestDetails request, Collection<String> names) {
    Predicate<String> not =
        notLookedAt.getOrDefault(
            request.getResourceName() + '/' + request.getOperation(), name -> false);
    return names.stream().filter(name -> name != null && !not.test(name)).toList();
  }

  private Object sent(RequestDetails request) {
    String body = BodyText.of(request).strip();
    return body.isEmpty()
        ? null
        : (BodyScan.isXml(body) ? fhirContext.newXmlParser() : fhirContext.newJsonParser())
            .parseResource(body);
  }

  /** R4 has two more, which this service has nothing to say to. */
  private static void onlyFull(String[] values) {
    if (values != null && !Set.of("full").containsAll(List.of(values))) {
      throw new InvalidRequestException("'mode' of metadata can only be full here.");
    }
  }

  private static void require(Collection<String> asked, Set<String> taken, String where) {
    asked.stream()
        .filter(name -> !taken.contains(name) && !ANSWER.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              Set<String> all = new TreeSet<>(ANSWER);
              all.addAll(taken);
              throw new InvalidRequestException(
                  "'%s' is not taken with %s; taken are %s."
                      .formatted(name, where, String.join(", ", all)));
            });
  }

  private static boolean takesBody(Method method) {
    return annotations(method).anyMatch(ResourceParam.class::isInstance);
  }

  private static Set<String> names(Method method) {
    return annotations(method)
        .filter(OperationParam.class::isInstance)
        .map(annotation -> ((OperationParam) annotation).name())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<Annotation> annotations(Method method) {
    return Arrays.stream(method.getParameterAnnotations()).flatMap(Arrays::stream);
  }

  private static boolean hasId(RequestDetails request) {
    return request.getId() != null && request.getId().hasIdPart();
  }

  private static String key(String type, String operation, boolean instance) {
    return type + '/' + operation + (instance ? " of one" : "");
  }
}
