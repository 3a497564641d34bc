package org.carepathway.patient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.security.ListedPatients;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code patient_index}. */
@Repository
class PatientRows {

  private static final int LONGEST_SORTED = 200;

  private final JdbcClient jdbc;
  private final PatientIdentity identity;

  PatientRows(JdbcClient jdbc, PatientIdentity identity) {
    this.jdbc = jdbc;
    this.identity = identity;
  }

  /** Keeps who a patient is now. */
  void put(Patient patient) {
    write(
        patient,
        """
        do update set name = excluded.name, sort_name = excluded.sort_name, mrn = excluded.mrn,
                      born = excluded.born, words = excluded.words, parts = excluded.parts\
        """);
  }

  /** Keeps who a patient is unless somebody has done so. */
  void putIfMissing(Patient patient) {
    write(patient, "do nothing");
  }

  private void write(Patient patient, String otherwise) {
    Patient known = identity.of(patient);
    PatientEntry entry = PatientEntry.of(known);
    String[] texts = PatientEntry.texts(patient, known);
    String family = known.hasName() ? known.getNameFirstRep().getFamily() : null;
    jdbc.sql(
            """
            insert into patient_index (patient_id, name, sort_name, mrn, born, words, parts)
            values (:id, :name, :sortName, :mrn, :born, array_to_tsvector(:words),
                    array_to_tsvector(:parts))
            on conflict (patient_id)\s\
            """
                + otherwise)
        .param("id", entry.id())
        .param("name", entry.name())
        .param("sortName", sortName(family, entry.name()))
        .param("mrn", entry.mrn(), Types.VARCHAR)
        .param("born", entry.born(), Types.DATE)
        .param("words", SearchWords.of(texts))
        .param("parts", SearchWords.partsOf(texts))
        .update();
  }

  /** PostgreSQL takes no long text into an index. */
  private static String sortName(String family, String name) {
    String sorted = String.join(" ", SearchWords.of(family, name));
    return sorted.length() <= LONGEST_SORTED ? sorted : sorted.substring(0, LONGEST_SORTED);
  }

  /** Patients that were there before the table was; ids after the given one, in order. */
  List<String> missing(String after, int limit) {
    return jdbc.sql(
            """
            select distinct t.patient_id from patient_team t
            where t.patient_id > :after
              and not exists (select 1 from patient_index i where i.patient_id = t.patient_id)
            order by t.patient_id limit :limit\
            """)
        .param("after", after)
        .param("limit", limit)
        .query(String.class)
        .list();
  }

  /** Those whose words begin as was typed come first, then those that have it within a word. */
  List<PatientEntry> find(Wanted wanted, ListedPatients listed, int offset, int limit) {
    List<Object> values = new ArrayList<>(listed.values());
    StringBuilder sql =
        new StringBuilder("select patient_id, name, mrn, born from patient_index where ")
            .append(listed.condition("patient_id"));
    if (!wanted.words().isEmpty()) {
      sql.append(" and parts @@ ?::tsquery");
      values.add(wanted.words());
    }
    if (!wanted.days().isEmpty()) {
      sql.append(" and (born = any (?::date[]) or parts @@ ?::tsquery)");
      values.add(wanted.days().stream().map(LocalDate::toString).toArray(String[]::new));
      values.add(wanted.number());
    }
    sql.append(" order by ");
    if (!wanted.words().isEmpty()) {
      sql.append("words @@ ?::tsquery desc, ");
      values.add(wanted.words());
    }
    sql.append("sort_name, patient_id limit ? offset ?");
    values.add(limit);
    values.add(offset);
    return jdbc.sql(sql.toString()).params(values).query(PatientRows::map).list();
  }

  private static PatientEntry map(ResultSet row, int number) throws SQLException {
    return new PatientEntry(
        row.getString("patient_id"),
        row.getString("name"),
        row.getString("mrn"),
        row.getObject("born", LocalDate.class));
  }
}
