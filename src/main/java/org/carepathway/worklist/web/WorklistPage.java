package org.carepathway.worklist.web;

import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What there is to do: for the roles of who is signed in, or for everyone. */
@Controller
class WorklistPage {

  private static final String EVERYONE = "everyone";

  private final TaskLines lines;

  WorklistPage(TaskLines lines) {
    this.lines = lines;
  }

  @ModelAttribute
  void tasks(@RequestParam(name = "of", defaultValue = "me") String of, Model model) {
    boolean everyones = EVERYONE.equals(of);
    List<TaskLine> tasks = everyones ? lines.everyones() : lines.mine();
    model.addAttribute("everyones", everyones);
    model.addAttribute("tasks", tasks);
    model.addAttribute("limit", TaskLines.LIMIT);
  }

  @GetMapping("/worklist")
  String page() {
    return "worklist";
  }

  /** The table's rows, for the page to refresh itself. */
  @GetMapping("/worklist/rows")
  String rows() {
    return "worklist :: rows";
  }
}
