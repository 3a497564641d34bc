package org.carepathway.diagram;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.w3c.dom.Element;

/** What makes a diagram hard to read. */
final class DrawingFaults {

  private final Drawing drawing;
  private final List<String> faults = new ArrayList<>();

  DrawingFaults(Drawing drawing) {
    this.drawing = drawing;
  }

  List<String> find() {
    List<Box> nodes = drawing.nodes().toList();
    List<Box> labels = List.copyOf(drawing.labels.values());
    List<Box> frames =
        drawing.shapes.values().stream().filter(box -> box.type().equals("subProcess")).toList();
    nodes.forEach(this::home);
    frames.forEach(this::home);
    each(frames, (one, other) -> require(!one.overlaps(other), one.id() + " is on " + other.id()));
    each(nodes, (one, other) -> require(!meet(one, other), one.id() + " overlaps " + other.id()));
    each(
        labels,
        (one, other) ->
            require(!one.overlaps(other), "labels of %s and %s".formatted(one.id(), other.id())));
    each(
        drawing.flows,
        (one, other) ->
            require(!one.isInTheWayOf(other), "%s crosses %s".formatted(one.id(), other.id())));
    drawing.flows.forEach(this::flow);
    labels.forEach(this::label);
    return faults;
  }

  private void home(Box node) {
    Box home = drawing.shapes.get(drawing.home.get(node.id()));
    require(home.contains(node), "%s is not inside %s".formatted(node.id(), home.id()));
  }

  /** A boundary event sits on its task. */
  private boolean meet(Box one, Box other) {
    return one.overlaps(other) && !isHost(one, other) && !isHost(other, one);
  }

  private boolean isHost(Box host, Box event) {
    return drawing.element(event.id()).getAttribute("attachedToRef").equals(host.id());
  }

  private void flow(Flow flow) {
    Element source = drawing.element(flow.source());
    boolean chooses =
        source.getLocalName().equals("exclusiveGateway")
            && drawing.flows.stream().filter(one -> one.source().equals(flow.source())).count() > 1;
    require(!chooses || !flow.name().isBlank(), flow.id() + " has no label");
    require(
        flow.name().isBlank() || drawing.labels.containsKey(flow.id()),
        flow.id() + " has no place for its label");
    require(flow.lines().stream().allMatch(Line::isStraight), flow.id() + " runs aslant");
    require(
        touches(flow.source(), flow.lines().get(0).from())
            && touches(flow.target(), flow.lines().get(flow.lines().size() - 1).to()),
        flow.id() + " does not reach from its source to its target");
    drawing
        .nodes()
        .filter(node -> !node.id().equals(flow.source()) && !node.id().equals(flow.target()))
        .filter(node -> !isHost(node, drawing.shapes.get(flow.source())))
        .filter(node -> flow.lines().stream().anyMatch(node::isCrossedBy))
        .forEach(node -> faults.add("%s runs through %s".formatted(flow.id(), node.id())));
  }

  private boolean touches(String node, Point2D end) {
    Rectangle2D bounds = drawing.shapes.get(node).bounds();
    return new Rectangle2D.Double(
            bounds.getX() - 1, bounds.getY() - 1, bounds.getWidth() + 2, bounds.getHeight() + 2)
        .contains(end);
  }

  private void label(Box label) {
    Box pool =
        drawing.shapes.values().stream()
            .filter(box -> box.type().equals("participant"))
            .findFirst()
            .orElseThrow();
    require(pool.contains(label), "label of %s is outside the pool".formatted(label.id()));
    drawing.shapes.values().stream()
        .filter(box -> box.type().equals("subProcess") && label.overlaps(box))
        .filter(frame -> !frame.contains(label))
        .forEach(frame -> faults.add("label of %s leaves %s".formatted(label.id(), frame.id())));
    drawing
        .nodes()
        .filter(label::overlaps)
        .forEach(node -> faults.add("label of %s is on %s".formatted(label.id(), node.id())));
    drawing.flows.stream()
        .filter(flow -> flow.lines().stream().anyMatch(label::isCrossedBy))
        .forEach(flow -> faults.add("label of %s is on %s".formatted(label.id(), flow.id())));
  }

  private void require(boolean good, String fault) {
    if (!good) {
      faults.add(fault);
    }
  }

  private static <T> void each(List<T> all, BiConsumer<T, T> pair) {
    for (int i = 0; i < all.size(); i++) {
      for (T other : all.subList(i + 1, all.size())) {
        pair.accept(all.get(i), other);
      }
    }
  }
}
