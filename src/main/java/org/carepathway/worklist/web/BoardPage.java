package org.carepathway.worklist.web;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.carepathway.content.Catalogue;
import org.carepathway.delivery.OpenLoop;
import org.carepathway.delivery.ReferralLoop;
import org.carepathway.engine.model.Diagram;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.pathway.Pathways;
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
  private final ReferralLoop loops;
  private final Pathways pathways;
  private final Catalogue catalogue;

  BoardPage(
      Board board, TaskLines lines, ReferralLoop loops, Pathways pathways, Catalogue catalogue) {
    this.board = board;
    this.lines = lines;
    this.loops = loops;
    this.pathways = pathways;
    this.catalogue = catalogue;
  }

  @GetMapping("/board")
  String page(@RequestParam(name = "of", defaultValue = "team") String of, Model model) {
    boolean everyone = EVERYONE.equals(of);
    List<Stage> stages = onTheirWay(board.stages(everyone));
    model.addAttribute("everyone", everyone);
    model.addAttribute("scope", everyone ? EVERYONE : "team");
    model.addAttribute("stages", stages);
    model.addAttribute("total", total(stages));
    model.addAttribute("loads", board.loads(everyone));
    model.addAttribute("escalated", lines.lines(board.escalated(everyone)));
    model.addAttribute("loops", loops.late().stream().map(this::waiting).toList());
    return "board";
  }

  /** As patients come to them, not by the alphabet. */
  private List<Stage> onTheirWay(List<Stage> stages) {
    List<String> way =
        catalogue.offered().stream()
            .flatMap(content -> content.diagram(content.key()).stream())
            .flatMap(diagram -> diagram.inOrder().stream())
            .map(Diagram.Node::name)
            .distinct()
            .toList();
    return stages.stream()
        .sorted(
            Comparator.comparing(
                stage -> way.contains(stage.name()) ? way.indexOf(stage.name()) : way.size()))
        .toList();
  }

  /** A referral whose sender waits too long for what comes next. */
  record Waiting(OpenLoop loop, String patient) {}

  private Waiting waiting(OpenLoop loop) {
    return new Waiting(
        loop,
        pathways.view(loop.pathway()).map(open -> PatientIdentity.name(open.patient())).orElse(""));
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
