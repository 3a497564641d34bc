package org.carepathway.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.carepathway.content.Catalogue;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** What the rules of the pathways say, by their ids. */
@Component
class RuleNames {

  private static final Pattern IDS = Pattern.compile("[A-Z]\\w*-[\\w-]+");

  private final Supplier<List<Map<String, String>>> tables;

  @Autowired
  RuleNames(Catalogue catalogue) {
    this(() -> catalogue.offered().stream().map(each -> each.tables().rules()).toList());
  }

  /**
   * @param tables ids of rules to their descriptions
   */
  RuleNames(Supplier<List<Map<String, String>>> tables) {
    this.tables = tables;
  }

  /** What a rule says; empty where this is not the id of one. */
  Optional<String> of(String id) {
    return id == null || !IDS.matcher(id).matches()
        ? Optional.empty()
        : tables.get().stream()
            .map(rules -> rules.get(id))
            .filter(text -> text != null && !text.isEmpty())
            .findFirst();
  }
}
