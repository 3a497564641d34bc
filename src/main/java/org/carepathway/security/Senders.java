package org.carepathway.security;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.Sender;
import org.springframework.stereotype.Component;

/** Says on each request at {@code /fhir} whether a person or a system sent it. */
@Component
@Interceptor
class Senders implements FhirInterceptor {

  private final CurrentUser user;

  Senders(CurrentUser user) {
    this.user = user;
  }

  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
  public void received(RequestDetails request) {
    boolean system = user.roles().contains(Role.INTEGRATION);
    (system ? Sender.SYSTEM : Sender.PERSON).on(request);
  }
}
