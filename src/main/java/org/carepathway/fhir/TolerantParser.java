package org.carepathway.fhir;

import ca.uhn.fhir.jpa.dao.JpaStorageResourceParser;
import ca.uhn.fhir.jpa.model.cross.IBasePersistedResource;
import ca.uhn.fhir.jpa.model.entity.BaseTag;
import ca.uhn.fhir.jpa.model.entity.IBaseResourceEntity;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Collection;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.http.HttpMethod;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Reads one stored resource. That it cannot be read is no fault of who asks: HAPI's exception is
 * that of a body that cannot be parsed.
 */
final class TolerantParser extends JpaStorageResourceParser {

  private final Unreadable unreadable;

  TolerantParser(Unreadable unreadable) {
    this.unreadable = unreadable;
  }

  @Override
  public <R extends IBaseResource> R toResource(
      RequestDetails request,
      Class<R> type,
      IBaseResourceEntity<?> entity,
      Collection<BaseTag> tags,
      boolean forHistory) {
    try {
      return super.toResource(request, type, entity, tags, forHistory);
    } catch (DataFormatException | NullPointerException | IllegalArgumentException e) {
      throw new UnreadableResource(unreadable.leftOut(entity.getIdDt(), e), e);
    }
  }

  /**
   * As a write reads what it replaces. What cannot be read can be replaced as a whole; a patch of
   * it would be a patch of nothing.
   */
  @Override
  @SuppressWarnings("rawtypes")
  public IBaseResource toResource(IBasePersistedResource entity, boolean forHistory) {
    try {
      return super.toResource(entity, forHistory);
    } catch (UnreadableResource e) {
      if (isPatch()) {
        throw e;
      }
      return Unreadable.standIn(entity.getIdDt());
    }
  }

  private static boolean isPatch() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes servlet
        && HttpMethod.PATCH.matches(servlet.getRequest().getMethod());
  }
}
