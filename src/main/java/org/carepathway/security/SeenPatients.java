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
  private static final String IN_SIGHT = SeenPatients.class.getName() + ".in-sight";
  private static final String EXPORTED = SeenPatients.class.getName() + ".exported";
  private static final String NOTED = SeenPatients.class.getName() + ".noted";
  private static final String EMERGENCY = SeenPatients.class.getName() + ".emergency";

  public void add(String patientId) {
    keep(SHOWN, patientId);
  }

  /** The current request answers with a file that somebody may keep or hand on. */
  public void exported(String patientId) {
    keep(EXPORTED, patientId);
  }

  /**
   * The current request is for the audit although it shows no Patient, such as one that shows or
   * changes what was sent of somebody who is not known here.
   */
  public void noted() {
    keep(NOTED, "");
  }

  /** So that it is asked once for each person, patient and request. */
  void inSight(String asked) {
    keep(IN_SIGHT, asked);
  }

  boolean isInSight(String asked) {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    return request != null
        && kept(request.getAttribute(IN_SIGHT, RequestAttributes.SCOPE_REQUEST)).contains(asked);
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

  static boolean isExport(HttpServletRequest request) {
    return request.getAttribute(EXPORTED) != null;
  }

  static boolean isNoted(HttpServletRequest request) {
    return request.getAttribute(NOTED) != null;
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
