package org.carepathway.rehearsal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.carepathway.invariant.Moment;
import org.carepathway.scenario.Scenario;

/**
 * Scenarios that begin alike, played together: each step that some of them have in common is played
 * once, and from where they part each goes on from there. Each ends as if it had been played alone.
 */
final class ScenarioTree {

  private final Rehearsal stage;
  private final Map<List<Object>, Node> beginnings = new LinkedHashMap<>();

  ScenarioTree(Rehearsal stage) {
    this.stage = stage;
  }

  /** The future fails with what is wrong with the scenario once it has been played. */
  CompletableFuture<Void> add(Scenario scenario) {
    List<Object> beginning = new ArrayList<>();
    beginning.add(scenario.begin());
    beginning.add(scenario.patient());
    beginning.add(scenario.referral());
    Node node = beginnings.computeIfAbsent(beginning, any -> new Node());
    for (Scenario.Step step : scenario.steps()) {
      node = node.next.computeIfAbsent(step, any -> new Node());
    }
    Ending ending = new Ending(scenario, new CompletableFuture<>());
    node.endings.add(ending);
    return ending.played;
  }

  /** Plays them all on this thread. */
  void play() {
    beginnings.values().forEach(this::begin);
  }

  private void begin(Node root) {
    Scenario any = root.all().get(0).scenario;
    try (LongTransaction transaction =
        LongTransaction.begin(stage.jdbc.getDataSource().getConnection())) {
      ScenarioRun.with(stage, any, run -> from(root, run, run.moment(), 0, transaction));
    } catch (SQLException | RuntimeException | AssertionError e) {
      root.all().forEach(ending -> ending.played.completeExceptionally(e));
    }
  }

  private void from(
      Node node, ScenarioRun run, Moment now, int number, LongTransaction transaction) {
    node.endings.forEach(ending -> ending.played(() -> run.end(ending.scenario)));
    for (Map.Entry<Scenario.Step, Node> next : node.next.entrySet()) {
      Bookmark here = Bookmark.at(run, transaction);
      try {
        Moment then = run.play(next.getKey(), number + 1, now);
        from(next.getValue(), run, then, number + 1, transaction);
      } catch (RuntimeException | AssertionError e) {
        next.getValue().all().forEach(ending -> ending.played.completeExceptionally(e));
      } finally {
        here.back();
      }
    }
  }

  private record Node(Map<Scenario.Step, Node> next, List<Ending> endings) {

    Node() {
      this(new LinkedHashMap<>(), new ArrayList<>());
    }

    List<Ending> all() {
      List<Ending> all = new ArrayList<>(endings);
      next.values().forEach(node -> all.addAll(node.all()));
      return all;
    }
  }

  private record Ending(Scenario scenario, CompletableFuture<Void> played) {

    void played(Runnable end) {
      try {
        end.run();
        played.complete(null);
      } catch (RuntimeException | AssertionError e) {
        played.completeExceptionally(e);
      }
    }
  }
}
