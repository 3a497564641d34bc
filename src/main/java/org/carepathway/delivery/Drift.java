package org.carepathway.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.carepathway.delivery.Sites.Site;
import org.carepathway.ehr.EhrFault;
import org.carepathway.outbox.DriftRows;
import org.carepathway.outbox.DriftRows.Kept;
import org.carepathway.outbox.Outbox;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether an EHR still has what was written to it, of patients who are on a pathway. */
@Component
public class Drift {

  private static final int AT_ONCE = 100;

  private final Sites sites;
  private final DriftRows rows;
  private final Outbox outbox;

  Drift(Sites sites, DriftRows rows, Outbox outbox) {
    this.sites = sites;
    this.rows = rows;
    this.outbox = outbox;
  }

  /**
   * Compares what was not compared for a day, the longest first.
   *
   * @return how many were compared
   * @throws EhrFault where the EHR does not answer
   */
  public int compare(String name) {
    Site site = sites.site(name);
    if (site.server() == null) {
      return 0;
    }
    List<Kept> due = rows.due(name, AT_ONCE);
    due.forEach(kept -> rows.compared(kept, drift(site, kept)));
    return due.size();
  }

  private String drift(Site site, Kept kept) {
    String[] there = kept.nativeId().split("/");
    JsonNode resource;
    try {
      resource = site.server().read(there[0], there[1]);
    } catch (EhrFault fault) {
      if (fault.status() == 404 || fault.status() == 410) {
        return "gone";
      }
      throw fault;
    }
    return Same.holds(FhirCourier.json(kept.body()), resource) ? null : "changed";
  }

  public List<Kept> found(String name) {
    return rows.found(sites.site(name).name());
  }

  /**
   * Has it sent again as it was written last.
   *
   * @return whether it is; false where nothing was found there any more
   */
  @Transactional
  public boolean sendAgain(String name, long entry) {
    Optional<Kept> kept = found(name).stream().filter(one -> one.entry() == entry).findFirst();
    if (kept.isEmpty() || !rows.forget(kept.get())) {
      return false;
    }
    outbox.add(kept.get().written());
    return true;
  }
}
