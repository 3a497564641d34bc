package org.carepathway.fhirfeed;

import java.util.List;
import java.util.Optional;
import org.carepathway.ehr.EhrServer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code fhir_patient}: who a patient of ours is in an EHR. */
@Repository
class LinkRows {

  private final JdbcTemplate jdbc;

  LinkRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param patient id of our Patient
   * @param ehrId id in the EHR; null where the EHR does not know them, or not for sure
   * @param lane the number by which they were found
   */
  record Link(String patient, String ehrId, String lane) {}

  /** Who is on a pathway, also one that is on hold; who was never asked for comes first. */
  List<String> travelling(String feed) {
    return jdbc.queryForList(
        """
        select p.patient_id from (select distinct patient_id from pathway where status = 'active') p
        left join fhir_patient f on f.feed = ? and f.patient = p.patient_id
        order by f.asked_at nulls first, p.patient_id""",
        String.class,
        feed);
  }

  Optional<Link> find(String feed, String patient) {
    return one("patient", feed, patient);
  }

  /** Who of ours a resource of the EHR is about. */
  Optional<Link> ofSubject(String feed, EhrServer ehr, Found found) {
    return found.type().equals("Patient")
        ? byEhrId(feed, found.id())
        : found
            .subject()
            .map(ehr::relative)
            .filter(reference -> reference.startsWith("Patient/"))
            .flatMap(reference -> byEhrId(feed, reference.split("/")[1]));
  }

  private Optional<Link> byEhrId(String feed, String ehrId) {
    return one("ehr_id", feed, ehrId);
  }

  private Optional<Link> one(String column, String feed, String value) {
    return jdbc
        .query(
            "select patient, ehr_id, lane from fhir_patient where feed = ? and " + column + " = ?",
            (row, n) -> new Link(row.getString(1), row.getString(2), row.getString(3)),
            feed,
            value)
        .stream()
        .findFirst();
  }

  void save(String feed, Link link) {
    jdbc.update(
        """
        insert into fhir_patient (feed, patient, ehr_id, lane) values (?, ?, ?, ?)
        on conflict (feed, patient) do update set ehr_id = excluded.ehr_id, lane = excluded.lane, asked_at = now()""",
        feed,
        link.patient(),
        link.ehrId(),
        link.lane());
  }
}
