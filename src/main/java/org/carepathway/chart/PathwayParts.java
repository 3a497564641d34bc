package org.carepathway.chart;

import java.util.Optional;
import org.carepathway.caseload.PatientNotes;
import org.carepathway.document.Documents;
import org.carepathway.page.Dates;
import org.carepathway.page.Facts;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the tabs of the patient page need; each reads only its own. */
@Component
class PathwayParts {

  private final PlanPart plan;
  private final RecordPart known;
  private final PatientNotes notes;
  private final Facts facts;
  private final Dates dates;
  private final Texts texts;

  PathwayParts(
      PlanPart plan, RecordPart known, PatientNotes notes, Facts facts, Dates dates, Texts texts) {
    this.plan = plan;
    this.known = known;
    this.notes = notes;
    this.facts = facts;
    this.dates = dates;
    this.texts = texts;
  }

  void plan(OpenPathway open, Optional<Ahead> ahead, Model model) {
    plan.show(open, ahead, model);
  }

  void record(OpenPathway open, boolean all, Model model) {
    known.show(open, all, model);
  }

  void documents(OpenPathway open, Model model) {
    model.addAttribute("documents", Letter.of(open, facts, texts));
    model.addAttribute("hasSheet", Documents.sheet(open).isPresent());
  }

  void notes(OpenPathway open, Model model) {
    model.addAttribute("notes", Note.of(open, dates, texts));
    model.addAttribute("mayNote", open.pathway().isActive() && notes.mayWrite());
  }
}
