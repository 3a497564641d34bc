package org.carepathway.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.page.Dates;
import org.carepathway.page.Fact;
import org.carepathway.page.Facts;
import org.carepathway.pathway.OpenPathway;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** All that is known, in clinical words, day by day. */
@Component
class RecordPart {

  /** What the rest of the page shows, or nobody but an auditor wants to read. */
  private static final Set<String> BOOKKEEPING =
      Set.of("Patient", "EpisodeOfCare", "CarePlan", "Task", "Provenance", "Binary");

  private final Facts facts;
  private final Dates dates;

  RecordPart(Facts facts, Dates dates) {
    this.facts = facts;
    this.dates = dates;
  }

  /**
   * @param all whether the bookkeeping is listed too
   */
  void show(OpenPathway open, boolean all, Model model) {
    List<Fact> known =
        facts.of(
            open.record().all().stream()
                .filter(resource -> all || !BOOKKEEPING.contains(resource.fhirType()))
                .toList());
    Map<String, List<Fact>> days = new LinkedHashMap<>();
    known.forEach(
        fact -> days.computeIfAbsent(day(fact), day -> new ArrayList<>()).add(fact));
    model.addAttribute("days", days);
    model.addAttribute("all", all);
  }

  /** Empty for what has no date. */
  private String day(Fact fact) {
    return fact.at().getTime() == 0 ? "" : dates.day(fact.at().toInstant());
  }
}
