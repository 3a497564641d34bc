package org.carepathway.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Which patients the current request has shown or refused; the audit is told at its end. */
@Component
public class SeenPatients {

  private static final String SHOWN = SeenPatients.class.getName() + ".shown";
  private static final String REFUSED = SeenPatients.class.getName() + ".refused";
  private static final String EMERGENCY = SeenPatients.class.getName() + ".emergency";

  public void add(String patientId) {
    keep(SHOWN, patientId);
  }

  void refused(String patientId) {
    keep(REFUSED, patientId);
  }

  void emergency(String patientId) {
    keep(EMERGENCY, patientId);
  }

  static Set<String> shown(HttpServletRequest request) {
    return kept(request.getAttribute(SHOWN));
  }

  static Set<String> refused(HttpServletRequest request) {
    return kept(request.getAttribute(REFUSED));
  }

  static boolean isEmergency(HttpServletRequest request) {
    return request.getAttribute(EMERGENCY) != null;
  }

  private static void keep(String list, String patientId) {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    if (request == null) {
      return;
    }
    Set<String> kept =
        new LinkedHashSet<>(kept(request.getAttribute(list, RequestAttributes.SCOPE_REQUEST)));
    kept.add(patientId);
    request.setAttribute(list, kept, RequestAttributes.SCOPE_REQUEST);
  }

  @SuppressWarnings("unchecked")
  private static Set<String> kept(Object attribute) {
    return attribute == null ? Set.of() : (Set<String>) attribute;
  }
}
