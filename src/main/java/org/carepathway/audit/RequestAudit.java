package org.carepathway.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.carepathway.security.BreakGlass;
import org.carepathway.security.RequestEnded;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps what a request has read, who signed in or out, and what was refused. */
@Component
class RequestAudit {

  private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);

  /** What refreshes itself. */
  private static final Pattern LISTS =
      Pattern.compile(
          "/worklist(/rows)?|/pathways|/board|/feeds(/rows|/found/rows|/messages/\\d+/head)?");

  private final Audit audit;
  private final SeenLists lists;

  RequestAudit(Audit audit, SeenLists lists) {
    this.audit = audit;
    this.lists = lists;
  }

  @EventListener
  void on(RequestEnded ended) {
    String path = ended.request().getRequestURI();
    if (isSignIn(ended.request(), path)) {
      keep(ended, AuditKind.LOGIN, ended.signedIn(), List.of());
    } else if (path.equals("/logout") && ended.signedIn()) {
      keep(ended, AuditKind.LOGOUT, true, List.of());
    } else if (REFUSALS.contains(ended.status())
        || ended.status() >= 400 && !ended.refused().isEmpty()) {
      keep(ended, AuditKind.DENIED, false, ended.refused());
      explained(ended, path);
    } else if (ended.status() < 300 || ended.noted()) {
      read(ended, path);
    } else {
      explained(ended, path);
    }
  }

  /** A page that says why something cannot be done shows whom it is about. */
  private void explained(RequestEnded ended, String path) {
    if (ended.status() >= 400 && FhirReads.of(ended.request()) == null) {
      read(ended, path);
    }
  }

  /** Opening a record in an emergency, in the transaction that opens it. */
  @EventListener
  void on(BreakGlass.Opened opened) {
    audit.keepNow(
        AuditEntry.now(
            AuditKind.EMERGENCY,
            true,
            opened.person(),
            opened.display(),
            "",
            opened.reason(),
            List.of(opened.patientId()),
            true,
            List.of(),
            ""));
  }

  private void read(RequestEnded ended, String path) {
    FhirReads.Read fhir = FhirReads.of(ended.request());
    boolean list = LISTS.matcher(path).matches();
    if (fhir == null && ended.shown().isEmpty() && !ended.noted()
        || list && !lists.isNew(ended.name(), path, ended.shown())) {
      return;
    }
    Collection<String> patients = new TreeSet<>(ended.shown());
    if (fhir != null) {
      patients.addAll(fhir.patients());
    }
    keep(ended, kind(ended, fhir), true, patients);
  }

  private static AuditKind kind(RequestEnded ended, FhirReads.Read fhir) {
    if (ended.export()) {
      return AuditKind.EXPORT;
    }
    if (ended.noted() && ended.request().getMethod().equals("POST")) {
      return AuditKind.WRITE;
    }
    return fhir != null && fhir.search() ? AuditKind.SEARCH : AuditKind.READ;
  }

  private void keep(
      RequestEnded ended, AuditKind kind, boolean succeeded, Collection<String> patients) {
    FhirReads.Read fhir = FhirReads.of(ended.request());
    String query = ended.request().getQueryString();
    audit.keepSoon(
        AuditEntry.now(
            kind,
            succeeded,
            ended.name(),
            ended.display(),
            ended.request().getRemoteAddr(),
            ended.request().getMethod() + ' ' + ended.request().getRequestURI(),
            patients,
            ended.emergency(),
            fhir == null ? List.of() : fhir.resources(),
            fhir == null || query == null ? "" : query));
  }

  private static boolean isSignIn(HttpServletRequest request, String path) {
    return path.equals("/login") && request.getMethod().equals("POST")
        || path.startsWith("/login/oauth2/")
        || path.equals("/launch/callback");
  }
}
