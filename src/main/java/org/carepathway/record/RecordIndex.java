package org.carepathway.record;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Which resources belong to a pathway, in the order they were first written. */
@Repository
class RecordIndex {

  private final JdbcTemplate jdbc;

  RecordIndex(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  List<IdType> find(UUID pathwayId) {
    return jdbc.query(
        "select resource_type, resource_id from pathway_resource where pathway_id = ? order by seq",
        (row, n) -> new IdType(row.getString(1), row.getString(2)),
        pathwayId);
  }

  void add(UUID pathwayId, Collection<IdType> ids) {
    jdbc.batchUpdate(
        """
        insert into pathway_resource (pathway_id, resource_type, resource_id) values (?, ?, ?)
        on conflict do nothing""",
        ids.stream()
            .map(id -> new Object[] {pathwayId, id.getResourceType(), id.getIdPart()})
            .toList());
  }
}
