package org.carepathway.fhir;

import ca.uhn.fhir.jpa.dao.JpaStorageResourceParser;
import ca.uhn.fhir.jpa.model.entity.BaseTag;
import ca.uhn.fhir.jpa.model.entity.IBaseResourceEntity;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Collection;
import org.hl7.fhir.instance.model.api.IBaseResource;

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
    } catch (DataFormatException e) {
      String name = entity.getIdDt().toUnqualifiedVersionless().getValue();
      unreadable.leftOut(name, e);
      throw new UnreadableResource(name, e);
    }
  }
}
