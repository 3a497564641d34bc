package org.carepathway.audit;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.carepathway.record.Agent;
import org.carepathway.record.RecordWritten;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientsOf;
import org.carepathway.staff.StaffWritten;
import org.carepathway.subscription.SubscriptionChanged;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Keeps what a transaction has written, in that transaction: one event for all of it. */
@Component
@Interceptor
class WriteAudit implements StoreInterceptor {

  private final Audit audit;
  private final CurrentUser user;
  private final PatientsOf patientsOf;

  WriteAudit(Audit audit, CurrentUser user, PatientsOf patientsOf) {
    this.audit = audit;
    this.user = user;
    this.patientsOf = patientsOf;
  }

  /** What a step has written. */
  @EventListener
  void on(RecordWritten written) {
    Agent agent = written.trigger().agent();
    keep(
        agent,
        "",
        "pathway " + written.header().pathwayId() + ", set off by " + written.trigger().id(),
        Set.of(written.header().patientId()),
        written.resources());
  }

  /** Staff copied from Keycloak. */
  @EventListener
  void on(StaffWritten written) {
    keep(Agent.SERVICE, "", "staff copied from Keycloak", Set.of(), written.resources());
  }

  /** What a system wants to be told of. */
  @EventListener
  void on(SubscriptionChanged changed) {
    keep(
        user.agent(),
        "",
        "subscription " + changed.did(),
        Set.of(),
        Set.of("Subscription/" + changed.id()));
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = StoreOrder.AUDIT)
  public void created(IBaseResource resource, RequestDetails request) {
    written(resource, request);
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED, order = StoreOrder.AUDIT)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    written(after, request);
  }

  /** What others send in; of steps there is an event of its own. */
  private void written(IBaseResource resource, RequestDetails request) {
    if (Sender.of(request).isOutside()) {
      Sent sent = (Sent) TransactionSynchronizationManager.getResource(this);
      if (sent == null) {
        sent = new Sent(request);
        TransactionSynchronizationManager.bindResource(this, sent);
        TransactionSynchronizationManager.registerSynchronization(sent);
      }
      sent.resources.add(resource.fhirType() + '/' + resource.getIdElement().getIdPart());
      sent.patients.addAll(patientsOf.named(resource));
    }
  }

  private void keep(
      Agent agent,
      String address,
      String about,
      Set<String> patients,
      Collection<String> resources) {
    audit.keepNow(
        AuditEntry.now(
            AuditKind.WRITE,
            true,
            agent.name(),
            agent.display(),
            address,
            about,
            patients,
            false,
            resources,
            ""));
  }

  private final class Sent implements TransactionSynchronization {

    private final RequestDetails request;
    private final Set<String> resources = new TreeSet<>();
    private final Set<String> patients = new TreeSet<>();

    private Sent(RequestDetails request) {
      this.request = request;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      Sender sender = Sender.of(request);
      if (request instanceof ServletRequestDetails known) {
        HttpServletRequest http = known.getServletRequest();
        keep(
            user.agent(),
            http.getRemoteAddr(),
            http.getMethod() + ' ' + http.getRequestURI(),
            patients,
            resources);
      } else if (sender.kind() == Sender.Kind.PERSON) {
        keep(user.agent(), "", "entered on a page", patients, resources);
      } else {
        Agent feed = new Agent(sender.name(), sender.name());
        keep(feed, "", "feed " + sender.name(), patients, resources);
      }
    }

    @Override
    public void beforeCompletion() {
      TransactionSynchronizationManager.unbindResourceIfPossible(WriteAudit.this);
    }
  }
}
