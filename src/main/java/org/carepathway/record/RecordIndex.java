package org.carepathway.record;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Repository;

/** Which resources belong to a pathway, in the order they were first written. */
@Repository
class RecordIndex {

  private final NamedParameterJdbcTemplate jdbc;

  RecordIndex(NamedParameterJdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  List<Entry> find(UUID pathwayId) {
    return jdbc.query(
        """
        select resource_type, resource_id, adopted, revision
        from pathway_resource where pathway_id = :pathway order by seq""",
        new MapSqlParameterSource("pathway", pathwayId),
        (row, n) ->
            new Entry(
                new IdType(row.getString(1), row.getString(2)),
                row.getBoolean(3),
                row.getObject(4, UUID.class)));
  }

  /** Adds what is new and keeps the revision of what was written again. */
  void save(UUID pathwayId, Collection<Entry> entries) {
    jdbc.batchUpdate(
        """
        insert into pathway_resource (pathway_id, resource_type, resource_id, adopted, revision)
        values (:pathway, :type, :id, :adopted, :revision)
        on conflict (pathway_id, resource_type, resource_id)
        do update set revision = excluded.revision""",
        rows(pathwayId, entries));
    forgetElsewhere(pathwayId, entries.stream().filter(Entry::adopted).toList());
  }

  /** Other pathways that wrote what this one has adopted and writes now must read it anew. */
  private void forgetElsewhere(UUID pathwayId, Collection<Entry> adopted) {
    jdbc.batchUpdate(
        """
        update pathway_resource set revision = null
        where resource_type = :type and resource_id = :id and pathway_id <> :pathway
          and not adopted""",
        rows(pathwayId, adopted));
  }

  /** Every pathway reads it anew. */
  void forget(IdType id) {
    jdbc.update(
        """
        update pathway_resource set revision = null
        where resource_type = :type and resource_id = :id""",
        of(id));
  }

  private static SqlParameterSource[] rows(UUID pathwayId, Collection<Entry> entries) {
    return entries.stream()
        .map(
            entry ->
                of(entry.id())
                    .addValue("pathway", pathwayId)
                    .addValue("adopted", entry.adopted())
                    .addValue("revision", entry.revision()))
        .toArray(SqlParameterSource[]::new);
  }

  private static MapSqlParameterSource of(IdType id) {
    return new MapSqlParameterSource("type", id.getResourceType()).addValue("id", id.getIdPart());
  }

  /** Whether a step of a pathway wrote this resource. */
  boolean isWrittenByPathway(IdType id) {
    return jdbc.queryForObject(
        """
        select exists (select 1 from pathway_resource
                       where resource_type = :type and resource_id = :id and not adopted)""",
        of(id),
        Boolean.class);
  }

  /** The first of these that a step of a pathway wrote, as {@code Type/id}. */
  Optional<String> writtenByPathways(Collection<IdType> ids) {
    List<IdType> named = ids.stream().filter(IdType::hasResourceType).toList();
    return jdbc
        .queryForList(
            """
            select n.type || '/' || n.id
            from unnest(:types::text[], :ids::text[]) as n (type, id)
            join pathway_resource r on r.resource_type = n.type and r.resource_id = n.id
            where not r.adopted limit 1""",
            new MapSqlParameterSource()
                .addValue(
                    "types", named.stream().map(IdType::getResourceType).toArray(String[]::new))
                .addValue("ids", named.stream().map(IdType::getIdPart).toArray(String[]::new)),
            String.class)
        .stream()
        .findFirst();
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
