package org.carepathway.caseload.web;

import java.util.List;
import org.carepathway.caseload.StageCount;
import org.carepathway.caseload.StageCounts;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The patients of one's teams by stage: how many, for how long, and who is stuck. */
@Controller
class StagesPage {

  private final StageCounts counts;

  StagesPage(StageCounts counts) {
    this.counts = counts;
  }

  @GetMapping("/pathways/stages")
  String page(Model model) {
    List<StageCount> stages = counts.all();
    model.addAttribute("stages", stages);
    model.addAttribute("open", stages.stream().mapToInt(StageCount::open).sum());
    model.addAttribute("stuck", stages.stream().mapToInt(StageCount::stuck).sum());
    return "stages";
  }
}
