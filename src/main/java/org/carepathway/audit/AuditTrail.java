package org.carepathway.audit;

import java.util.List;
import org.springframework.stereotype.Component;

/** Who saw and changed what of a patient, for auditors. */
@Component
public class AuditTrail {

  private final AuditRows rows;
  private final Audit audit;

  AuditTrail(AuditRows rows, Audit audit) {
    this.rows = rows;
    this.audit = audit;
  }

  /** The newest of a patient first, what was held in memory included. */
  public List<AuditLine> ofPatient(String patientId, int limit) {
    audit.flush();
    return rows.ofPatient(patientId, limit);
  }
}
