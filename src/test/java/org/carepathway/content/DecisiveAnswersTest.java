package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Where a decision says MISSING for want of an answer, the question is required or its help says
 * what happens without one: who fills the form cannot read the decision.
 */
class DecisiveAnswersTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MISSING = "\"MISSING\"";

  /** Inputs that are computed, and the questions that they are computed from. */
  private static final Map<String, List<String>> COMPUTED =
      Map.of(
          "nrs", List.of("pain-now"),
          "oedemaOrActivity", List.of("oedema", "scan-activity"),
          "posteriorWallBreach", List.of("posterior-wall-intact"),
          "levelsInRange", List.of("level-planned"),
          "fractureDays", List.of("onset-date"),
          "imagesAgeDays", List.of("performed-on"));

  @Test
  void areRequiredOrSayWhatHappensWithoutThem() throws Exception {
    List<JsonNode> questions = questions();
    List<String> silent = new ArrayList<>();
    Set<String> inputs = inputs();
    assertThat(inputs).hasSizeGreaterThan(20);
    for (String input : inputs) {
      List<String> linkIds = COMPUTED.getOrDefault(input, List.of(kebab(input)));
      List<JsonNode> asked =
          questions.stream()
              .filter(question -> linkIds.contains(question.path("linkId").asText()))
              .filter(question -> !question.path("type").asText().equals("group"))
              .filter(question -> !question.path("readOnly").asBoolean())
              .toList();
      assertThat(asked).as("questions of " + input).isNotEmpty();
      asked.stream()
          .filter(question -> !question.path("required").asBoolean() && !saysWhatHappens(question))
          .forEach(question -> silent.add(input + ": " + question.path("linkId").asText()));
    }
    assertThat(silent).isEmpty();
  }

  private static boolean saysWhatHappens(JsonNode question) {
    for (JsonNode child : question.path("item")) {
      if (child.path("text").asText().matches("(?s).*(Left empty|Leave empty|Empty:).*")) {
        return true;
      }
    }
    return false;
  }

  /** The inputs without which a table says that something is missing. */
  private static Set<String> inputs() throws Exception {
    Set<String> found = new TreeSet<>();
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    for (Path file : files("bpmn", ".dmn")) {
      Document table = factory.newDocumentBuilder().parse(file.toFile());
      NodeList tables = table.getElementsByTagName("decisionTable");
      for (int i = 0; i < tables.getLength(); i++) {
        Element one = (Element) tables.item(i);
        List<String> names = texts(one, "inputExpression");
        NodeList rules = one.getElementsByTagName("rule");
        for (int r = 0; r < rules.getLength(); r++) {
          Element rule = (Element) rules.item(r);
          List<String> entries = texts(rule, "inputEntry");
          if (texts(rule, "outputEntry").contains(MISSING)) {
            for (int e = 0; e < entries.size(); e++) {
              if (entries.get(e).matches("null(, false)?")) {
                found.add(names.get(e));
              }
            }
          }
        }
      }
    }
    return found;
  }

  private static List<String> texts(Element parent, String name) {
    NodeList elements = parent.getElementsByTagName(name);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      found.add(elements.item(i).getTextContent().strip());
    }
    return found;
  }

  private static List<JsonNode> questions() throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (Path file : files("fhir-profiles", ".json")) {
      if (file.toString().contains("Questionnaire/")) {
        add(JSON.readTree(file.toFile()).path("item"), found);
      }
    }
    return found;
  }

  private static void add(JsonNode items, List<JsonNode> found) {
    for (JsonNode item : items) {
      found.add(item);
      add(item.path("item"), found);
    }
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(folder))) {
      return all.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
