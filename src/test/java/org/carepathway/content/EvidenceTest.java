package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What forms and processes show of a decision is what its evidence holds: inputs by their label,
 * outputs by their name. Asked by another name they show nothing, and nobody notices.
 */
class EvidenceTest {

  private static final Pattern SHOWN =
      Pattern.compile(
          "module\\.contains\\('/([^']+)\\|'\\)\\)\\.last\\(\\)\\.contained\\.where\\(id ="
              + " '(inputs|outputs)'\\)\\.parameter\\.where\\(name = '([^']+)'");

  /** What every decision's outputs hold beside its own. */
  private static final Set<String> ALWAYS = Set.of("hit", "rule");

  @Test
  void whatIsShownOfADecisionIsInItsEvidence() throws Exception {
    Map<String, Set<String>> known = known();
    List<String> shown = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Path file : files()) {
      Matcher matcher = SHOWN.matcher(Files.readString(file));
      while (matcher.find()) {
        String name = matcher.group(3);
        shown.add(name);
        if (!ALWAYS.contains(name)
            && !known
                .getOrDefault(matcher.group(1) + '/' + matcher.group(2), Set.of())
                .contains(name)) {
          missing.add(file + ": " + matcher.group(1) + " has no " + name);
        }
      }
    }
    assertThat(shown).hasSizeGreaterThan(10).contains("High thrombotic risk");
    assertThat(missing).isEmpty();
  }

  private static List<Path> files() throws Exception {
    List<Path> files = new ArrayList<>(SeenTexts.files("fhir-profiles", ".json"));
    files.addAll(SeenTexts.files("bpmn", ".bpmn"));
    return files;
  }

  /** The labels of inputs and the names of outputs, by decision and direction. */
  private static Map<String, Set<String>> known() throws Exception {
    Map<String, Set<String>> known = new HashMap<>();
    for (Path file : SeenTexts.files("bpmn", ".dmn")) {
      Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
      NodeList decisions = document.getElementsByTagName("decision");
      for (int i = 0; i < decisions.getLength(); i++) {
        Element decision = (Element) decisions.item(i);
        String id = decision.getAttribute("id");
        add(known, id + "/inputs", decision.getElementsByTagName("input"), "label");
        add(known, id + "/outputs", decision.getElementsByTagName("output"), "name");
      }
    }
    return known;
  }

  private static void add(
      Map<String, Set<String>> known, String key, NodeList elements, String attribute) {
    Set<String> names = known.computeIfAbsent(key, any -> new HashSet<>());
    for (int i = 0; i < elements.getLength(); i++) {
      names.add(((Element) elements.item(i)).getAttribute(attribute));
    }
  }
}
