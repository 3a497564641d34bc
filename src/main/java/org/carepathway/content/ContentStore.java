package org.carepathway.content;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Repository;

/** Keeps the content of every version that patients may be on. */
@Repository
class ContentStore {

  private final NamedParameterJdbcTemplate jdbc;

  ContentStore(NamedParameterJdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Path to SHA-256 of what is kept of a version; empty when the version is new. */
  Map<String, String> hashes(String key, String version) {
    Map<String, String> hashes = new LinkedHashMap<>();
    jdbc.query(
        "select path, sha256 from pathway_content where pathway_key = :key and version = :version",
        of(key, version),
        row -> {
          hashes.put(row.getString(1), row.getString(2));
        });
    return hashes;
  }

  void replace(String key, String version, Collection<ContentFile> files) {
    jdbc.update(
        "delete from pathway_content where pathway_key = :key and version = :version",
        of(key, version));
    jdbc.batchUpdate(
        """
        insert into pathway_content (pathway_key, version, path, sha256, body)
        values (:key, :version, :path, :sha256, :body)""",
        files.stream()
            .map(
                file ->
                    of(key, version)
                        .addValue("path", file.path())
                        .addValue("sha256", file.sha256())
                        .addValue("body", file.body()))
            .toArray(SqlParameterSource[]::new));
  }

  /** The versions kept of a pathway. */
  List<String> versions(String key) {
    return jdbc.queryForList(
        "select distinct version from pathway_content where pathway_key = :key",
        new MapSqlParameterSource("key", key),
        String.class);
  }

  List<ContentFile> files(String key, String version) {
    return jdbc.query(
        """
        select path, body from pathway_content
        where pathway_key = :key and version = :version order by path""",
        of(key, version),
        (row, n) -> new ContentFile(row.getString(1), row.getString(2)));
  }

  private static MapSqlParameterSource of(String key, String version) {
    return new MapSqlParameterSource("key", key).addValue("version", version);
  }
}
