package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What the current request had to leave out because it is stored and cannot be read. One such
 * resource must not hide all others, and it must be told that it is missing.
 */
@Component
@Interceptor
public class Unreadable implements FhirInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);
  private static final String NOTE = Unreadable.class.getName();

  /** After the checks of what leaves. */
  private static final int LAST = 1_000;

  private final UnreadableRows rows;

  /** Lazily: what reads stored resources is made before the database's own beans are. */
  Unreadable(@Lazy UnreadableRows rows) {
    this.rows = rows;
  }

  /** {@code Type/id} of each. */
  public Set<String> now() {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    return request == null ? Set.of() : kept(request);
  }

  /**
   * @param stored type, id and version
   * @return its name: type and id
   */
  String leftOut(IIdType stored, Throwable cause) {
    String name = stored.toUnqualifiedVersionless().getValue();
    LOG.error("{} is stored and cannot be read", stored.toUnqualified().getValue(), cause);
    rows.met(stored, cause);
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    if (request != null) {
      Set<String> all = new TreeSet<>(kept(request));
      all.add(name);
      request.setAttribute(NOTE, all, RequestAttributes.SCOPE_REQUEST);
    }
    return name;
  }

  /**
   * Whether it stands for one that is stored and cannot be read: only its type and id are known.
   */
  public static boolean is(IBaseResource stored) {
    return Boolean.TRUE.equals(stored.getUserData(NOTE));
  }

  /** What stands for it when it is replaced as a whole, or when it is asked whose it is. */
  public static IBaseResource standIn(IIdType stored) {
    IBaseResource empty = ResourceFactory.createResource(stored.getResourceType());
    empty.setId(stored);
    empty.setUserData(NOTE, true);
    return empty;
  }

  @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = LAST)
  public void answer(IBaseResource answer, RequestDetails details) {
    if (now().isEmpty() || !(details instanceof ServletRequestDetails request)) {
      return;
    }
    String text = "Left out, for it is stored and cannot be read: " + String.join(", ", now());
    request.getServletResponse().addHeader("Warning", "199 - \"%s\"".formatted(text));
    if (answer instanceof Bundle bundle && bundle.getType() == BundleType.SEARCHSET) {
      OperationOutcome outcome = new OperationOutcome();
      outcome
          .addIssue()
          .setSeverity(IssueSeverity.WARNING)
          .setCode(IssueType.INCOMPLETE)
          .setDiagnostics(text);
      bundle.addEntry().setResource(outcome).getSearch().setMode(SearchEntryMode.OUTCOME);
    }
  }

  @SuppressWarnings("unchecked")
  private static Set<String> kept(RequestAttributes request) {
    Object kept = request.getAttribute(NOTE, RequestAttributes.SCOPE_REQUEST);
    return kept == null ? Set.of() : (Set<String>) kept;
  }
}
