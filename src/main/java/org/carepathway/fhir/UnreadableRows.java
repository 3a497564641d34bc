package org.carepathway.fhir;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.instance.model.api.IIdType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The table {@code unreadable_resource}: what somebody asked for and could not be read. */
@Repository
class UnreadableRows {

  private static final Logger LOG = LoggerFactory.getLogger(UnreadableRows.class);

  private final JdbcClient jdbc;
  private final TransactionTemplate ofItsOwn;

  /** What is in the table already: each is met by every search. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  UnreadableRows(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.ofItsOwn = new TransactionTemplate(transactions);
    ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Kept for good, whatever becomes of the request that met it. A former version is not. */
  void met(IIdType stored, Throwable cause) {
    String name = stored.toUnqualified().getValue();
    if (!known.add(name)) {
      return;
    }
    try {
      ofItsOwn.executeWithoutResult(status -> add(stored, UnreadableCause.of(cause)));
    } catch (DataAccessException | TransactionException e) {
      known.remove(name);
      LOG.error("{} could not be listed", name, e);
    }
  }

  private void add(IIdType stored, String why) {
    jdbc.sql(
            """
            insert into unreadable_resource
                (resource_type, resource_id, version, stored_at, patient_id, why)
            select r.res_type, r.fhir_id, r.res_ver, r.res_updated,
                   case when r.res_type = 'Patient' then r.fhir_id
                        else (select p.fhir_id from hfj_res_link l
                              join hfj_resource p on p.res_id = l.target_resource_id
                              where l.src_resource_id = r.res_id and p.res_type = 'Patient'
                              order by l.pid limit 1) end,
                   :why
            from hfj_resource r
            where r.res_type = :type and r.fhir_id = :id and r.res_ver = :version
            on conflict (resource_type, resource_id) do update
                set version = excluded.version, stored_at = excluded.stored_at,
                    found_at = excluded.found_at, why = excluded.why""")
        .param("type", stored.getResourceType())
        .param("id", stored.getIdPart())
        .param("version", stored.getVersionIdPartAsLong())
        .param("why", why)
        .update();
  }

  /** Those that nobody has corrected; what has a newer version is forgotten. */
  List<StoredUnreadable> all() {
    jdbc.sql(
            """
            delete from unreadable_resource u where not exists (
              select 1 from hfj_resource r where r.res_type = u.resource_type
                and r.fhir_id = u.resource_id and r.res_ver = u.version
                and r.res_deleted_at is null)""")
        .update();
    return jdbc.sql(
            """
            select resource_type, resource_id, version, stored_at, found_at, patient_id, why
            from unreadable_resource order by found_at desc, resource_type, resource_id limit 200""")
        .query(UnreadableRows::map)
        .list();
  }

  void forget(String type, String id) {
    known.removeIf(name -> name.startsWith(type + '/' + id + '/'));
    jdbc.sql("delete from unreadable_resource where resource_type = :type and resource_id = :id")
        .param("type", type)
        .param("id", id)
        .update();
  }

  private static StoredUnreadable map(ResultSet row, int number) throws SQLException {
    return new StoredUnreadable(
        row.getString("resource_type"),
        row.getString("resource_id"),
        row.getLong("version"),
        row.getTimestamp("stored_at").toInstant(),
        row.getTimestamp("found_at").toInstant(),
        row.getString("patient_id"),
        row.getString("why"));
  }
}
