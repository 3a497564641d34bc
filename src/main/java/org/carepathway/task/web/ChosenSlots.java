package org.carepathway.task.web;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.answers.Draft;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.web.WebForm;
import org.carepathway.booking.Chosen;
import org.carepathway.booking.Proposals;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.worklist.WorkItem;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Shows a form that books with the free times there are, and with the one that was chosen. */
@Component
class ChosenSlots {

  private final Proposals proposals;
  private final Pathways pathways;
  private final WebForm form;
  private final Clock clock;

  ChosenSlots(Proposals proposals, Pathways pathways, WebForm form, Clock clock) {
    this.proposals = proposals;
    this.pathways = pathways;
    this.form = form;
    this.clock = clock;
  }

  /**
   * @param start that was chosen; null for none
   */
  void fill(WorkItem item, Instant start, Prefilled first, Optional<Draft> draft, Model model) {
    OpenPathway open = pathways.view(item.pathwayId()).orElseThrow();
    proposals
        .offer(open, item.form(), item.element(), first.answers())
        .ifPresent(offer -> model.addAttribute("offer", offer));
    Optional<Chosen> chosen =
        Optional.ofNullable(start)
            .flatMap(
                at -> proposals.choose(open, item.form(), item.element(), first.answers(), at));
    model.addAttribute("gone", start != null && chosen.isEmpty());
    model.addAttribute("chosen", chosen.isPresent());
    form.fill(
        chosen.map(each -> with(first, each)).orElse(first),
        draft.map(kept -> chosen.map(each -> with(kept, each)).orElse(kept)),
        model);
  }

  private static Prefilled with(Prefilled first, Chosen chosen) {
    return new Prefilled(first.form(), chosen.in(first.form(), first.answers()), first.context());
  }

  /** What else has been entered stays. */
  private Draft with(Draft draft, Chosen chosen) {
    Map<String, List<String>> entered = new HashMap<>(draft.entered());
    entered.putAll(chosen.typed(clock.getZone()));
    return new Draft(entered, draft.savedAt());
  }
}
