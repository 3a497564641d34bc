package org.carepathway.content;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Every text of the content that people see on a page or in a letter. */
final class SeenTexts {

  private static final String CONSTRAINT =
      "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint";

  /** Alarm signs; a message lists them by these names. */
  private static final String SIGN = "red-flag-";

  /** A text in quotation marks, perhaps with a value after it. */
  private static final Pattern OUTPUT =
      Pattern.compile("\"([^\"]+)\"(?: \\+ string\\([^)]*\\)(?: \\+ \"([^\"]*)\")?)?");

  private final Set<String> texts = new TreeSet<>();

  private SeenTexts() {}

  static Set<String> all() throws Exception {
    SeenTexts seen = new SeenTexts();
    for (Path file : files("fhir-profiles", ".json")) {
      if (!file.toString().contains("/examples/")) {
        seen.add(
            (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(read(file)),
            file.toString());
      }
    }
    for (Path file : files("bpmn", ".bpmn")) {
      seen.names(file);
    }
    for (Path file : files("bpmn", ".dmn")) {
      seen.rules(file);
    }
    for (Path file : files("bpmn", "/policy.yaml")) {
      Policy.parse(read(file)).values().values().forEach(value -> seen.add(value.meaning()));
    }
    for (Path file : files("bpmn", "/cards.yaml")) {
      seen.cards(Cards.parse(read(file)));
    }
    // Codes, numbers and vertebrae read the same in every language.
    seen.texts.removeIf(text -> text.isBlank() || !text.matches(".*\\p{L}{2}.*"));
    return seen.texts;
  }

  /** The texts of the forms only. */
  static Set<String> ofForms(Path folder) throws Exception {
    SeenTexts seen = new SeenTexts();
    for (Path file : files(folder.toString(), ".json")) {
      if (file.getParent().endsWith("Questionnaire")) {
        seen.add(
            (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(read(file)),
            file.toString());
      }
    }
    return seen.texts;
  }

  private void cards(Cards cards) {
    cards.reasons().values().forEach(this::add);
    for (Card card : cards.all()) {
      add(card.summary());
      add(card.detail());
    }
  }

  private void add(Resource resource, String file) {
    if (resource instanceof Questionnaire form) {
      add(form.getTitle());
      form.getContained().forEach(this::names);
      form.getContained().stream()
          .filter(Appointment.class::isInstance)
          .flatMap(template -> TemplateTexts.of((Appointment) template))
          .forEach(this::add);
      constraints(form.getExtension());
      form.getItem().forEach(this::item);
    } else if (resource instanceof CommunicationRequest template) {
      TemplateTexts.of(template).forEach(this::add);
      names(template);
    } else if (resource instanceof CodeSystem codes) {
      codes.getConcept().forEach(this::concept);
    } else if (resource instanceof ValueSet set) {
      set.getCompose().getInclude().stream()
          .flatMap(part -> part.getConcept().stream())
          .forEach(concept -> add(concept.getDisplay()));
    } else if (resource instanceof PlanDefinition plan) {
      add(plan.getTitle());
      add(plan.getDescription());
      plan.getAction().forEach(this::action);
    } else if (file.contains("/template/")) {
      names(resource);
    }
  }

  /** What a template calls the things that it records. */
  private void names(Base element) {
    if (element instanceof CodeableConcept concept && concept.hasText()) {
      add(concept.getText());
    } else if (element instanceof Coding coding) {
      add(coding.getDisplay());
    } else if (element instanceof Annotation note) {
      TemplateTexts.of(note.getTextElement()).forEach(this::add);
    } else if (element instanceof Dosage dosage) {
      TemplateTexts.of(dosage.getTextElement()).forEach(this::add);
    } else if (!(element instanceof Extension)) {
      element.children().stream()
          .map(Property::getValues)
          .flatMap(List::stream)
          .forEach(this::names);
    }
  }

  private void item(QuestionnaireItemComponent item) {
    add(item.getText());
    constraints(item.getExtension());
    if (item.getLinkId().startsWith(SIGN) && item.getType() == QuestionnaireItemType.BOOLEAN) {
      add(item.getLinkId().substring(SIGN.length()).replace('-', ' '));
    }
    item.getAnswerOption().stream()
        .filter(option -> option.hasValueCoding())
        .forEach(option -> add(option.getValueCoding().getDisplay()));
    item.getItem().forEach(this::item);
  }

  private void constraints(List<Extension> extensions) {
    extensions.stream()
        .filter(extension -> extension.getUrl().equals(CONSTRAINT))
        .forEach(
            extension -> add(extension.getExtensionString("human").replaceAll("\\{\\{.*?}}", "7")));
  }

  private void concept(ConceptDefinitionComponent concept) {
    add(concept.getDisplay());
    concept.getConcept().forEach(this::concept);
  }

  private void action(PlanDefinitionActionComponent action) {
    // The outer action only holds the others.
    if (action.getAction().isEmpty()) {
      add(action.getTitle());
    }
    action.getAction().forEach(this::action);
  }

  private void names(Path file) throws Exception {
    for (Element element : elements(file)) {
      String kind = element.getLocalName();
      if (kind.equals("documentation")) {
        add(element.getTextContent().strip().replaceAll("\\s+", " "));
      }
      if (!kind.equals("message")
          && !kind.equals("escalation")
          && element.getNamespaceURI().contains("BPMN")) {
        add(element.getAttribute("name"));
      }
    }
  }

  private void rules(Path file) throws Exception {
    for (Element element : elements(file)) {
      switch (element.getLocalName()) {
        case "decision" -> add(element.getAttribute("name"));
        case "input", "output" -> add(element.getAttribute("label"));
        case "description", "question" ->
            add(element.getTextContent().strip().replaceAll("\\s+", " "));
        case "outputEntry" -> output(element.getTextContent().strip());
        default -> {
          // what nobody reads
        }
      }
    }
  }

  /** A word alone is a code. */
  private void output(String expression) {
    Matcher text = OUTPUT.matcher(expression);
    if (text.matches() && text.group(1).contains(" ")) {
      boolean value = expression.contains("+");
      String rest = text.group(2) == null ? "" : text.group(2);
      add(value ? text.group(1) + 7 + rest : text.group(1));
    }
  }

  private void add(String text) {
    if (text != null) {
      texts.add(text.replaceAll("\\{\\{policy .*?}}", "7"));
    }
  }

  private static List<Element> elements(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    NodeList all =
        factory
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(read(file))))
            .getElementsByTagName("*");
    return Stream.iterate(0, i -> i < all.getLength(), i -> i + 1)
        .map(i -> (Element) all.item(i))
        .toList();
  }

  static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** The codes that a code system of the content gives a name. */
  static Set<String> codes() throws IOException {
    Set<String> codes = new TreeSet<>();
    for (Path file : files("fhir-profiles", ".json")) {
      if (file.toString().contains("/CodeSystem/")) {
        FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(CodeSystem.class, read(file))
            .getConcept()
            .forEach(concept -> codes.add(concept.getCode()));
      }
    }
    return codes;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
