package org.carepathway.fhirfeed;

import org.carepathway.fhirfeed.LinkRows.Link;
import org.springframework.jdbc.core.JdbcTemplate;

/** Patients of whom it is known who they are in an EHR; nobody is asked. */
public final class LinkedPatients {

  private LinkedPatients() {}

  public static EhrPatients of(JdbcTemplate jdbc) {
    return new EhrPatients(null, new LinkRows(jdbc), null, null, null);
  }

  public static void link(JdbcTemplate jdbc, String feed, String patient, String ehrId) {
    new LinkRows(jdbc).save(feed, new Link(patient, ehrId, "urn:test|" + patient));
  }
}
