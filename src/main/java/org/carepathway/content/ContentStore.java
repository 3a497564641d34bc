package org.carepathway.content;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Keeps the content of every version that patients may be on. */
@Repository
class ContentStore {

  private final JdbcTemplate jdbc;

  ContentStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Path to SHA-256 of what is kept of a version; empty when the version is new. */
  Map<String, String> hashes(String key, String version) {
    Map<String, String> hashes = new LinkedHashMap<>();
    jdbc.query(
        "select path, sha256 from pathway_content where pathway_key = ? and version = ?",
        row -> {
          hashes.put(row.getString(1), row.getString(2));
        },
        key,
        version);
    return hashes;
  }

  void replace(String key, String version, Collection<ContentFile> files) {
    jdbc.update("delete from pathway_content where pathway_key = ? and version = ?", key, version);
    jdbc.batchUpdate(
        "insert into pathway_content (pathway_key, version, path, sha256, body) values (?,?,?,?,?)",
        files.stream()
            .map(file -> new Object[] {key, version, file.path(), file.sha256(), file.body()})
            .toList());
  }

  /** The versions kept of a pathway. */
  List<String> versions(String key) {
    return jdbc.queryForList(
        "select distinct version from pathway_content where pathway_key = ?", String.class, key);
  }

  List<ContentFile> files(String key, String version) {
    return jdbc.query(
        "select path, body from pathway_content where pathway_key = ? and version = ? order by path",
        (row, n) -> new ContentFile(row.getString(1), row.getString(2)),
        key,
        version);
  }
}
