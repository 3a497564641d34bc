package org.carepathway.engine.model;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.carepathway.engine.model.Drawing.Box;
import org.carepathway.engine.model.Drawing.Kind;
import org.carepathway.engine.model.Drawing.Line;
import org.carepathway.engine.model.Drawing.Point;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads how a BPMN file is drawn (BPMN DI), of which Camunda's model makes no use. */
public final class DrawingReader {

  private static final String DI = "http://www.omg.org/spec/BPMN/20100524/DI";
  private static final double LETTER = 5.4;
  private static final double MARGIN = 10;
  private static final int LABEL_WIDTH = 120;
  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("participant", Kind.POOL),
          Map.entry("lane", Kind.LANE),
          Map.entry("subProcess", Kind.PART),
          Map.entry("userTask", Kind.PERSON),
          Map.entry("businessRuleTask", Kind.RULE),
          Map.entry("sendTask", Kind.MESSAGE),
          Map.entry("callActivity", Kind.CALL),
          Map.entry("startEvent", Kind.START),
          Map.entry("endEvent", Kind.END),
          Map.entry("boundaryEvent", Kind.EVENT),
          Map.entry("intermediateCatchEvent", Kind.EVENT),
          Map.entry("intermediateThrowEvent", Kind.EVENT),
          Map.entry("exclusiveGateway", Kind.GATEWAY),
          Map.entry("parallelGateway", Kind.GATEWAY));
  private static final Map<String, String> MARKS =
      Map.of(
          "timerEventDefinition", "T",
          "messageEventDefinition", "M",
          "escalationEventDefinition", "E",
          "terminateEventDefinition", "X",
          "exclusiveGateway", "×",
          "parallelGateway", "+");

  private final Map<String, Element> elements = new HashMap<>();
  private final List<Box> boxes = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();

  private DrawingReader(Document bpmn) {
    stream(bpmn.getElementsByTagName("*"))
        .filter(element -> !element.getAttribute("id").isEmpty())
        .forEach(element -> elements.put(element.getAttribute("id"), element));
    stream(bpmn.getElementsByTagNameNS(DI, "BPMNShape")).forEach(this::shape);
    stream(bpmn.getElementsByTagNameNS(DI, "BPMNEdge")).forEach(this::edge);
  }

  /**
   * @param bpmn a file with one drawing
   */
  public static Drawing read(String bpmn) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new DrawingReader(
              factory.newDocumentBuilder().parse(new InputSource(new StringReader(bpmn))))
          .drawing();
    } catch (Exception e) {
      throw new IllegalArgumentException("the BPMN cannot be read as XML", e);
    }
  }

  private Drawing drawing() {
    double left = boxes.stream().mapToDouble(Box::x).min().orElse(0) - MARGIN;
    double top = boxes.stream().mapToDouble(Box::y).min().orElse(0) - MARGIN;
    return new Drawing(
        boxes.stream().mapToDouble(Box::right).max().orElse(0) - left + MARGIN,
        boxes.stream().mapToDouble(Box::bottom).max().orElse(0) - top + MARGIN,
        boxes.stream()
            .sorted(Comparator.comparing(box -> Math.min(box.kind().ordinal(), 3)))
            .map(
                box ->
                    new Box(
                        box.kind(),
                        box.mark(),
                        box.x() - left,
                        box.y() - top,
                        box.width(),
                        box.height(),
                        box.text()))
            .toList(),
        lines.stream()
            .map(
                line ->
                    new Line(
                        line.aside(),
                        line.points().stream()
                            .map(point -> new Point(point.x() - left, point.y() - top))
                            .toList()))
            .toList());
  }

  private void shape(Element shape) {
    Element element = elements.get(shape.getAttribute("bpmnElement"));
    Kind kind = KINDS.getOrDefault(element.getLocalName(), Kind.SERVICE);
    Element bounds = children(shape, "Bounds").findFirst().orElseThrow();
    boolean outside = kind.ordinal() >= Kind.START.ordinal();
    String name = element.getAttribute("name");
    double width = number(bounds, "width");
    boxes.add(
        new Box(
            kind,
            mark(element),
            number(bounds, "x"),
            number(bounds, "y"),
            width,
            number(bounds, "height"),
            outside ? List.of() : lines(name, kind == Kind.LANE ? LABEL_WIDTH : width - 8)));
    if (outside) {
      label(shape, name);
    }
  }

  private void edge(Element edge) {
    Element element = elements.get(edge.getAttribute("bpmnElement"));
    lines.add(
        new Line(
            !element.getLocalName().equals("sequenceFlow"),
            children(edge, "waypoint")
                .map(point -> new Point(number(point, "x"), number(point, "y")))
                .toList()));
    label(edge, element.getAttribute("name"));
  }

  private void label(Element drawn, String name) {
    children(drawn, "BPMNLabel")
        .flatMap(label -> children(label, "Bounds"))
        .filter(Predicate.not(bounds -> name.isBlank()))
        .forEach(
            bounds ->
                boxes.add(
                    new Box(
                        Kind.LABEL,
                        "",
                        number(bounds, "x"),
                        number(bounds, "y"),
                        number(bounds, "width"),
                        number(bounds, "height"),
                        lines(name, Math.max(number(bounds, "width") + 10, 60)))));
  }

  private static String mark(Element element) {
    return Stream.concat(Stream.of(element), stream(element.getChildNodes()))
        .map(Element::getLocalName)
        .filter(MARKS::containsKey)
        .map(MARKS::get)
        .findFirst()
        .orElse("");
  }

  /** Broken where it grows wider than its place. */
  private static List<String> lines(String text, double width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+")) {
      if (!line.isEmpty() && (line.length() + 1 + word.length()) * LETTER > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return List.copyOf(lines);
  }

  private static Stream<Element> children(Element parent, String name) {
    return stream(parent.getChildNodes()).filter(child -> name.equals(child.getLocalName()));
  }

  private static Stream<Element> stream(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
