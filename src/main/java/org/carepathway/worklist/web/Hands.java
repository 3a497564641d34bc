package org.carepathway.worklist.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.carepathway.security.Colleague;
import org.carepathway.security.Colleagues;
import org.carepathway.worklist.Substitution;
import org.springframework.stereotype.Component;

/** Whom tasks can be given to, and who of them is away. */
@Component
class Hands {

  private final Colleagues colleagues;
  private final Substitution substitution;
  private final Dates dates;
  private final Texts texts;

  Hands(Colleagues colleagues, Substitution substitution, Dates dates, Texts texts) {
    this.colleagues = colleagues;
    this.substitution = substitution;
    this.dates = dates;
    this.texts = texts;
  }

  /**
   * @param name sign-in name
   * @param text the name that people read; of who is away also until when
   */
  record Hand(String name, String text) {}

  /** Those with a role that does tasks. */
  List<Hand> all() {
    return of(colleagues.all().stream().filter(Colleague::doesTasks).toList());
  }

  /** Those with one of these roles. */
  List<Hand> of(Set<String> roles) {
    return of(colleagues.withRoles(roles));
  }

  private List<Hand> of(List<Colleague> people) {
    Map<String, Instant> away = substitution.away();
    return people.stream().map(one -> hand(one, away.get(one.name()))).toList();
  }

  private Hand hand(Colleague one, Instant until) {
    return new Hand(
        one.name(),
        until == null
            ? one.display()
            : texts.message("absence.away", one.display(), dates.exact(until)));
  }
}
