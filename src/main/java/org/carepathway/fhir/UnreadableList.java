package org.carepathway.fhir;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** For administrators: what is stored and cannot be read, until it is corrected. */
@Component
public class UnreadableList {

  private final UnreadableRows rows;
  private final DaoRegistry stores;

  UnreadableList(UnreadableRows rows, DaoRegistry stores) {
    this.rows = rows;
    this.stores = stores;
  }

  /** The newest first, at most 200. */
  public List<StoredUnreadable> all() {
    return rows.all();
  }

  /**
   * Reads it once more, as after a repair of the database.
   *
   * @return whether it can be read now, and so is listed no more
   */
  public boolean check(String type, String id) {
    if (rows.all().stream().noneMatch(row -> row.type().equals(type) && row.id().equals(id))) {
      return true;
    }
    try {
      stores.getResourceDao(type).read(new IdType(type, id), new SystemRequestDetails());
    } catch (BaseServerResponseException still) {
      return false;
    }
    rows.forget(type, id);
    return true;
  }
}
