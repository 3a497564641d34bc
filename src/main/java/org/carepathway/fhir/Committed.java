package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Whether the current request has stored something in the record. Once it has, no answer may say
 * that nothing was changed, whatever fails after the commit: who sent it would send it again.
 */
@Component
@Interceptor
public class Committed implements StoreInterceptor {

  private static final String NOTE = Committed.class.getName();

  /** How a request that writes has ended in the database. */
  public enum State {
    STORED,
    /** The connection broke while it was committed. */
    UNKNOWN
  }

  /** Of the current request; empty where nothing was stored. */
  public Optional<State> now() {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    return request == null
        ? Optional.empty()
        : Optional.ofNullable((State) request.getAttribute(NOTE, RequestAttributes.SCOPE_REQUEST));
  }

  /** The end of a message's key: {@code stored} or {@code unknown}; null where nothing was. */
  public String code() {
    return now().map(state -> state == State.STORED ? "stored" : "unknown").orElse(null);
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = StoreOrder.COMMITTED)
  public void created(IBaseResource resource) {
    watch();
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED, order = StoreOrder.COMMITTED)
  public void updated(IBaseResource before, IBaseResource after) {
    watch();
  }

  private void watch() {
    if (RequestContextHolder.getRequestAttributes() != null
        && !TransactionSynchronizationManager.hasResource(this)) {
      TransactionSynchronizationManager.bindResource(this, this);
      TransactionSynchronizationManager.registerSynchronization(new End());
    }
  }

  private final class End implements TransactionSynchronization {

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(Committed.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(Committed.this, Committed.this);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(Committed.this);
      RequestAttributes request = RequestContextHolder.getRequestAttributes();
      if (request != null && status != STATUS_ROLLED_BACK) {
        request.setAttribute(
            NOTE,
            status == STATUS_COMMITTED ? State.STORED : State.UNKNOWN,
            RequestAttributes.SCOPE_REQUEST);
      }
    }
  }
}
