package org.carepathway.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.content.SentKind;
import org.carepathway.content.SentTable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** What is sent of each pathway, as its content says now. */
@Component
class SentKinds {

  private final Supplier<Map<String, SentTable>> tables;

  @Autowired
  SentKinds(Catalogue catalogue) {
    this(
        () ->
            catalogue.offered().stream()
                .collect(Collectors.toMap(PathwayContent::key, PathwayContent::sent)));
  }

  /**
   * @param tables by the keys of pathways
   */
  SentKinds(Supplier<Map<String, SentTable>> tables) {
    this.tables = tables;
  }

  Optional<SentKind> find(String pathwayKey, String kind) {
    return Optional.ofNullable(tables.get().get(pathwayKey)).flatMap(table -> table.find(kind));
  }

  /** Each kind once, in the order of the pathways. */
  List<SentKind> all() {
    return tables.get().values().stream()
        .flatMap(table -> table.kinds().stream())
        .collect(
            Collectors.toMap(
                SentKind::name, kind -> kind, (first, second) -> first, LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }
}
