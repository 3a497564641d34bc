package org.carepathway.caseload.web;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.carepathway.caseload.Case;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.springframework.stereotype.Component;

/**
 * A patient on a pathway in the words of a page; empty text for what is not known.
 *
 * @param one as it was read
 * @param pathway title of its plan
 * @param age in whole years; null where the birth date is not known
 * @param inStage how long the patient has been in the stage
 * @param waitsFor what a pathway without an open task waits for
 */
record CaseLine(
    Case one, String pathway, Integer age, String stage, String inStage, String waitsFor) {

  public boolean isOverdue() {
    return one.troubles().contains(Case.Trouble.OVERDUE);
  }

  public List<String> troubles() {
    return one.troubles().stream().map(Case.Trouble::code).toList();
  }

  /** Reads cases as lines. */
  @Component
  static class Reader {

    private final Catalogue catalogue;
    private final Dates dates;
    private final Texts texts;
    private final Clock clock;

    Reader(Catalogue catalogue, Dates dates, Texts texts, Clock clock) {
      this.catalogue = catalogue;
      this.dates = dates;
      this.texts = texts;
      this.clock = clock;
    }

    CaseLine line(Case one) {
      PathwayContent content = catalogue.content(one.pathway(), one.version());
      Case.Stage stage = one.stage();
      return new CaseLine(
          one,
          texts.of(content.plan().getTitle()),
          one.who().born() == null ? null : dates.age(one.who().born()),
          stage == null ? "" : texts.of(stage.name()),
          stage == null ? "" : dates.length(Duration.between(stage.since(), clock.instant())),
          one.pause() == null ? "" : waitsFor(one.pause(), content));
    }

    private String waitsFor(Case.Pause pause, PathwayContent content) {
      return content
          .diagram(pause.process())
          .flatMap(diagram -> diagram.node(pause.element()))
          .map(node -> texts.of(node.name()))
          .orElse("");
    }
  }
}
