package org.carepathway.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.util.XmlUtil;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import javax.xml.stream.events.XMLEvent;

/**
 * Reads through a body once, before anything is built of it: no number is too large, and XML has no
 * DTD. HAPI's validator computes with numbers, so it must not be the first to see them.
 */
final class BodyScan {

  /** More at one place, each a row of an index, would keep the database busy for long. */
  static final int MOST_AT_A_PLACE = 1_000;

  /** Of entries, each of which is a resource of its own. */
  static final int MOST_ENTRIES = 5_000;

  /** Each of a resource's contained ones is compared with each of its elements. */
  static final int MOST_CONTAINED = 100;

  /** No type of R4 has half as many; HAPI looks each name up among all others. */
  static final int MOST_NAMES = 200;

  private static final Map<String, Integer> MOST =
      Map.of("entry", MOST_ENTRIES, "contained", MOST_CONTAINED);

  /** As text, a number of so many digits is nobody's name or code; to read it takes long. */
  private static final int LONGEST_QUOTED = 1_000;

  /**
   * What defines FHIR itself. Nobody sends it here, not within anything else either, and each keeps
   * the validator busy for half a second: it builds snapshots and evaluates expressions.
   */
  private static final Set<String> DEFINITIONS =
      Set.of(
          "CapabilityStatement",
          "CompartmentDefinition",
          "ConceptMap",
          "GraphDefinition",
          "ImplementationGuide",
          "MessageDefinition",
          "NamingSystem",
          "OperationDefinition",
          "SearchParameter",
          "StructureDefinition",
          "StructureMap",
          "TerminologyCapabilities",
          "TestScript");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private String type;
  private String tooLarge;
  private String unstorable;
  private String tooMany;
  private String definition;
  private boolean doubtful;

  /** How many names each object has so far, the innermost first. */
  private final Deque<Integer> names = new ArrayDeque<>();

  private BodyScan() {}

  /**
   * @throws DataFormatException when it is neither JSON nor XML, and for a DTD
   */
  static BodyScan of(String body) {
    BodyScan scan = new BodyScan();
    try {
      if (isXml(body)) {
        scan.xml(XmlUtil.createXmlReader(new StringReader(body)));
      } else {
        try (JsonParser json = JSON.createParser(body)) {
          scan.json(json);
        }
      }
    } catch (IOException | XMLStreamException e) {
      throw new DataFormatException(e.getMessage(), e);
    }
    return scan;
  }

  static boolean isXml(String body) {
    return body.startsWith("<");
  }

  /** The resource's type, whether there is one or not; null where none is named. */
  String type() {
    return type;
  }

  /** Where a number is too large; null where none is. */
  String tooLarge() {
    return tooLarge;
  }

  /** Where a text cannot be stored; null where all can. */
  String unstorable() {
    return unstorable;
  }

  /**
   * Where there is more than {@value #MOST_AT_A_PLACE} of something, or more than {@value
   * #MOST_ENTRIES} entries; null where nowhere.
   */
  String tooMany() {
    return tooMany;
  }

  /** The type of a definition of FHIR itself, at any depth; null where there is none. */
  String definition() {
    return definition;
  }

  /** Whether some text would be too large, if it is a number: in XML and in quotes all is text. */
  boolean isDoubtful() {
    return doubtful;
  }

  private void json(JsonParser json) throws IOException {
    for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
      JsonStreamContext place = json.getParsingContext();
      many(place.inArray() ? place : place.getParent(), json);
      if (token.isNumeric()) {
        if (!NumberLimit.allows(json.getText())) {
          found(path(json));
        }
      } else if (token == JsonToken.VALUE_STRING && json.getTextLength() > 0) {
        text(json.getText(), json);
        if (canBegin(json.getTextCharacters()[json.getTextOffset()])) {
          quoted(json.getText(), path(json));
        }
        if ("resourceType".equals(json.currentName())) {
          type = isOfWhole(json) ? json.getText() : type;
          defines(json.getText());
        }
      } else if (token == JsonToken.FIELD_NAME) {
        text(json.currentName(), json);
        named(json);
      } else if (token == JsonToken.START_OBJECT) {
        names.push(0);
      } else if (token == JsonToken.END_OBJECT) {
        names.pop();
      }
    }
  }

  private static boolean isOfWhole(JsonParser json) {
    return json.getParsingContext().inObject() && json.getParsingContext().getParent().inRoot();
  }

  private void text(String text, JsonParser json) throws IOException {
    if (unstorable == null && !Storable.allows(text)) {
      unstorable = path(json);
    }
  }

  private void named(JsonParser json) {
    names.push(names.pop() + 1);
    if (tooMany == null && names.peek() > MOST_NAMES) {
      String path = path(json);
      tooMany = path.substring(0, path.lastIndexOf('.') + 1) + '*';
    }
  }

  private void defines(String resourceType) {
    if (DEFINITIONS.contains(resourceType)) {
      definition = resourceType;
    }
  }

  private void many(JsonStreamContext place, JsonParser json) throws IOException {
    if (tooMany == null
        && place != null
        && place.inArray()
        && place.getCurrentIndex() >= most(place.getParent().getCurrentName())) {
      tooMany = path(json).replaceFirst("\\[\\d+](?!.*\\[).*$", "");
    }
  }

  private static int most(String element) {
    return element == null ? MOST_AT_A_PLACE : MOST.getOrDefault(element, MOST_AT_A_PLACE);
  }

  private void xml(XMLEventReader xml) throws XMLStreamException {
    Deque<String> path = new ArrayDeque<>();
    Deque<Integer> within = new ArrayDeque<>();
    within.push(0);
    while (xml.hasNext()) {
      XMLEvent event = xml.nextEvent();
      if (event.getEventType() == XMLEvent.DTD) {
        throw new DataFormatException("A document type declaration (DTD) is not taken.");
      }
      if (event instanceof StartElement element) {
        path.addLast(element.getName().getLocalPart());
        type = path.getFirst();
        defines(path.getLast());
        within.push(within.pop() + 1);
        if (tooMany == null && within.peek() > most(path.getLast())) {
          tooMany = String.join(".", path);
        }
        within.push(0);
        for (Iterator<Attribute> all = element.getAttributes(); all.hasNext(); ) {
          quoted(all.next().getValue(), String.join(".", path));
        }
      } else if (event.isEndElement()) {
        path.removeLast();
        within.pop();
      }
    }
  }

  private void quoted(String text, String path) {
    if (!NumberLimit.allows(text)) {
      doubtful = true;
      if (text.length() > LONGEST_QUOTED) {
        found(path);
      }
    }
  }

  private void found(String path) {
    if (tooLarge == null) {
      tooLarge = path;
    }
  }

  /** {@code /entry/0/resource} as {@code entry[0].resource}. */
  private static String path(JsonParser json) {
    return json.getParsingContext()
        .pathAsPointer()
        .toString()
        .replaceAll("/(\\d+)(?=/|$)", "[$1]")
        .replace('/', '.')
        .replaceFirst("^\\.", "");
  }

  private static boolean canBegin(char first) {
    return first >= '0' && first <= '9'
        || first == '+'
        || first == '-'
        || first == '.'
        || Character.isWhitespace(first);
  }
}
