package org.carepathway.content;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The pathways this service offers, and every version that patients are still on. */
@Component
public class Catalogue {

  private final ContentStore store;
  private final ContentParser parser;
  private final Map<String, PathwayContent> current = new ConcurrentHashMap<>();
  private final Map<String, PathwayContent> versions = new ConcurrentHashMap<>();

  Catalogue(ContentStore store, ContentParser parser) {
    this.store = store;
    this.parser = parser;
  }

  /** The pathways that a referral can start, each in its newest version. */
  public Collection<PathwayContent> offered() {
    return List.copyOf(current.values());
  }

  /**
   * The content of the version that a patient is on.
   *
   * @throws IllegalStateException when it was never loaded here
   */
  public PathwayContent content(String key, String version) {
    return versions.computeIfAbsent(
        key + '|' + version,
        unused ->
            Optional.of(store.files(key, version))
                .filter(files -> !files.isEmpty())
                .map(files -> parser.parse(key, files))
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "no content of pathway %s %s is kept".formatted(key, version))));
  }

  /** The content of a version that is kept here; empty where there is no such one. */
  public Optional<PathwayContent> find(String key, String version) {
    return versions(key).contains(version) ? Optional.of(content(key, version)) : Optional.empty();
  }

  /** The versions of a pathway that are kept here, the oldest first. */
  public List<String> versions(String key) {
    return current.containsKey(key)
        ? store.versions(key).stream().sorted(Comparator.comparing(VersionNumber::of)).toList()
        : List.of();
  }

  void offer(PathwayContent content) {
    current.put(content.key(), content);
    versions.put(content.key() + '|' + content.version(), content);
  }
}
