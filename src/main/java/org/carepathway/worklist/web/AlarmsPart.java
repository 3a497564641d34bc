package org.carepathway.worklist.web;

import org.carepathway.worklist.Filter;
import org.carepathway.worklist.Filter.Scope;
import org.carepathway.worklist.WorklistPages;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What stands in the head of every page while something is to be done at once by the roles of who
 * is signed in. A part of its own, so that no page waits for it or fails with it.
 */
@Controller
class AlarmsPart {

  private static final Filter AT_ONCE =
      new Filter(Scope.TEAM, null, null, null, null, "stat", null, null);

  private final WorklistPages pages;

  AlarmsPart(WorklistPages pages) {
    this.pages = pages;
  }

  @GetMapping("/worklist/alarms")
  String part(Model model) {
    model.addAttribute("alarms", pages.count(AT_ONCE));
    return "alarms";
  }
}
