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

  List<Entry> find(UUID pathwayId) {
    return jdbc.query(
        """
        select resource_type, resource_id, adopted, revision
        from pathway_resource where pathway_id = ? order by seq""",
        (row, n) ->
            new Entry(
                new IdType(row.getString(1), row.getString(2)),
                row.getBoolean(3),
                row.getObject(4, UUID.class)),
        pathwayId);
  }

  /** Adds what is new and keeps the revision of what was written again. */
  void save(UUID pathwayId, Collection<Entry> entries) {
    jdbc.batchUpdate(
        """
        insert into pathway_resource (pathway_id, resource_type, resource_id, adopted, revision)
        values (?, ?, ?, ?, ?)
        on conflict (pathway_id, resource_type, resource_id)
        do update set revision = excluded.revision""",
        entries.stream()
            .map(
                entry ->
                    new Object[] {
                      pathwayId,
                      entry.id().getResourceType(),
                      entry.id().getIdPart(),
                      entry.adopted(),
                      entry.revision()
                    })
            .toList());
    forgetElsewhere(pathwayId, entries.stream().filter(Entry::adopted).toList());
  }

  /** Other pathways that wrote what this one has adopted and writes now must read it anew. */
  private void forgetElsewhere(UUID pathwayId, Collection<Entry> adopted) {
    jdbc.batchUpdate(
        """
        update pathway_resource set revision = null
        where resource_type = ? and resource_id = ? and pathway_id <> ? and not adopted""",
        adopted.stream()
            .map(
                entry ->
                    new Object[] {entry.id().getResourceType(), entry.id().getIdPart(), pathwayId})
            .toList());
  }

  /** Whether a step of a pathway wrote this resource. */
  boolean isWrittenByPathway(IdType id) {
    return jdbc.queryForObject(
        """
        select exists (select 1 from pathway_resource
                       where resource_type = ? and resource_id = ? and not adopted)""",
        Boolean.class,
        id.getResourceType(),
        id.getIdPart());
  }

  /**
   * @param adopted whether others keep the resource, e.g. the Patient
   * @param revision the transaction that wrote it last
   */
  record Entry(IdType id, boolean adopted, UUID revision) {

    String key() {
      return id.getResourceType() + '/' + id.getIdPart();
    }

    /** Only steps write it, so it changes with its revision and not otherwise. */
    boolean isOurs() {
      return !adopted && revision != null;
    }
  }
}
