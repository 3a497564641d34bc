package org.carepathway.diagram;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A BPMN file as it is drawn. */
final class Drawing {

  private static final String MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String DI = "http://www.omg.org/spec/BPMN/20100524/DI";

  private final Map<String, Element> elements = new HashMap<>();

  /** Element id to its shape: pool, lanes and flow nodes. */
  final Map<String, Box> shapes = new LinkedHashMap<>();

  /** Label of an element, by the element's id. */
  final Map<String, Box> labels = new LinkedHashMap<>();

  final List<Flow> flows = new ArrayList<>();

  /** Flow node to the lane, sub-process or pool that it belongs to. */
  final Map<String, String> home = new HashMap<>();

  Drawing(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document = factory.newDocumentBuilder().parse(file.toFile());
    all(document, MODEL, "*").forEach(element -> elements.put(element.getAttribute("id"), element));
    all(document, DI, "BPMNShape").forEach(this::shape);
    all(document, DI, "BPMNEdge").forEach(this::edge);
    homes(document);
  }

  Element element(String id) {
    return elements.get(id);
  }

  Stream<Box> nodes() {
    return shapes.values().stream()
        .filter(box -> !List.of("participant", "lane", "subProcess").contains(box.type()));
  }

  private void shape(Element shape) {
    String id = shape.getAttribute("bpmnElement");
    shapes.put(
        id, new Box(id, elements.get(id).getLocalName(), bounds(children(shape, "Bounds").get(0))));
    label(shape, id);
  }

  private void edge(Element edge) {
    String id = edge.getAttribute("bpmnElement");
    Element flow = elements.get(id);
    if (!"sequenceFlow".equals(flow.getLocalName())) {
      return;
    }
    List<Point2D> points =
        children(edge, "waypoint").stream()
            .map(at -> (Point2D) new Point2D.Double(number(at, "x"), number(at, "y")))
            .toList();
    List<Line> lines =
        IntStream.range(1, points.size())
            .mapToObj(i -> new Line(points.get(i - 1), points.get(i)))
            .toList();
    flows.add(
        new Flow(
            id,
            flow.getAttribute("name"),
            flow.getAttribute("sourceRef"),
            flow.getAttribute("targetRef"),
            lines));
    label(edge, id);
  }

  private void label(Element drawn, String id) {
    for (Element label : children(drawn, "BPMNLabel")) {
      for (Element bounds : children(label, "Bounds")) {
        labels.put(id, new Box(id, "label", bounds(bounds)));
      }
    }
  }

  private void homes(Document document) {
    String pool = all(document, MODEL, "participant").findFirst().orElseThrow().getAttribute("id");
    shapes.keySet().stream().filter(id -> !id.equals(pool)).forEach(id -> home.put(id, pool));
    all(document, MODEL, "flowNodeRef")
        .forEach(
            ref ->
                home.put(ref.getTextContent(), ((Element) ref.getParentNode()).getAttribute("id")));
    nodes()
        .map(box -> elements.get(box.id()))
        .filter(node -> "subProcess".equals(node.getParentNode().getLocalName()))
        .forEach(
            node ->
                home.put(
                    node.getAttribute("id"), ((Element) node.getParentNode()).getAttribute("id")));
  }

  private static Stream<Element> all(Document document, String namespace, String name) {
    return stream(document.getElementsByTagNameNS(namespace, name));
  }

  private static List<Element> children(Element parent, String name) {
    return stream(parent.getElementsByTagNameNS("*", name))
        .filter(child -> child.getParentNode() == parent)
        .toList();
  }

  private static Stream<Element> stream(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
  }

  private static Rectangle2D bounds(Element bounds) {
    return new Rectangle2D.Double(
        number(bounds, "x"),
        number(bounds, "y"),
        number(bounds, "width"),
        number(bounds, "height"));
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
