package org.carepathway.security;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import org.apache.commons.codec.digest.DigestUtils;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.RequestOrder;
import org.springframework.stereotype.Component;

/**
 * A link to the next page of a search is good for who searched and for nobody else. The name of the
 * search, which nobody can guess, ends with a mark of that person: with another's mark there is no
 * such search.
 */
@Component
@Interceptor
class PageLinks implements FhirInterceptor {

  /** HAPI's UUID, a hyphen and the mark are as long as its column. */
  private static final int UUID_LENGTH = 36;

  private static final int MARK_LENGTH = 11;

  private final CurrentUser user;

  PageLinks(CurrentUser user) {
    this.user = user;
  }

  @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
  public void begun(ICachedSearchDetails search, RequestDetails request) {
    if (request instanceof ServletRequestDetails) {
      search.setUuid(marked(search.getUuid()));
    }
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = RequestOrder.PAGES)
  public void check(RequestDetails request) {
    if (request.getRestOperationType() == RestOperationTypeEnum.GET_PAGE) {
      for (String search : request.getParameters().get(Constants.PARAM_PAGINGACTION)) {
        if (search.length() < UUID_LENGTH
            || !search.equals(marked(search.substring(0, UUID_LENGTH)))) {
          throw new ForbiddenOperationException("This page belongs to somebody else's search.");
        }
      }
    }
  }

  private String marked(String uuid) {
    String mark = DigestUtils.sha256Hex(uuid + '\n' + user.agent().name());
    return uuid + '-' + mark.substring(0, MARK_LENGTH);
  }
}
