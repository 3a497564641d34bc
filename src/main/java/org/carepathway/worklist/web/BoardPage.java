package org.carepathway.worklist.web;

import java.util.List;
import java.util.function.ToIntFunction;
import org.carepathway.worklist.Board;
import org.carepathway.worklist.Board.Stage;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The team's work at a glance. */
@Controller
class BoardPage {

  private static final String EVERYONE = "everyone";

  private final Board board;
  private final TaskLines lines;

  BoardPage(Board board, TaskLines lines) {
    this.board = board;
    this.lines = lines;
  }

  @GetMapping("/board")
  String page(@RequestParam(name = "of", defaultValue = "team") String of, Model model) {
    boolean everyone = EVERYONE.equals(of);
    List<Stage> stages = board.stages(everyone);
    model.addAttribute("everyone", everyone);
    model.addAttribute("scope", everyone ? EVERYONE : "team");
    model.addAttribute("stages", stages);
    model.addAttribute("total", total(stages));
    model.addAttribute("loads", board.loads(everyone));
    model.addAttribute("escalated", lines.lines(board.escalated(everyone)));
    return "board";
  }

  private static Stage total(List<Stage> stages) {
    return new Stage(
        null,
        sum(stages, Stage::open),
        sum(stages, Stage::upTo1Day),
        sum(stages, Stage::upTo3Days),
        sum(stages, Stage::upTo7Days),
        sum(stages, Stage::older),
        sum(stages, Stage::overdue),
        sum(stages, Stage::within24Hours),
        sum(stages, Stage::within72Hours));
  }

  private static int sum(List<Stage> stages, ToIntFunction<Stage> number) {
    return stages.stream().mapToInt(number).sum();
  }
}
