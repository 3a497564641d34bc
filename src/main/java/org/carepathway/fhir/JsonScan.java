package org.carepathway.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads through JSON token by token and notes what it finds. */
final class JsonScan {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final BodyFindings findings;

  /** How many names each object has so far, the innermost first. */
  private final Deque<Integer> names = new ArrayDeque<>();

  JsonScan(BodyFindings findings) {
    this.findings = findings;
  }

  void read(String body) throws IOException {
    try (JsonParser json = JSON.createParser(body)) {
      read(json);
    }
  }

  private void read(JsonParser json) throws IOException {
    for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
      JsonStreamContext place = json.getParsingContext();
      many(place.inArray() ? place : place.getParent(), json);
      if (token.isNumeric()) {
        if (!NumberLimit.allows(json.getText())) {
          findings.tooLarge(path(json));
        }
      } else if (token == JsonToken.VALUE_STRING && json.getTextLength() > 0) {
        findings.text(json.getText(), () -> path(json));
        if (canBegin(json.getTextCharacters()[json.getTextOffset()])) {
          findings.quoted(json.getText(), path(json));
        }
        if ("resourceType".equals(json.currentName())) {
          if (isOfWhole(json)) {
            findings.isOf(json.getText());
          }
          findings.defines(json.getText());
        }
      } else if (token == JsonToken.FIELD_NAME) {
        findings.text(json.currentName(), () -> path(json));
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

  private void named(JsonParser json) {
    names.push(names.pop() + 1);
    if (findings.tooMany() == null && names.peek() > BodyFindings.MOST_NAMES) {
      String path = path(json);
      findings.tooMany(path.substring(0, path.lastIndexOf('.') + 1) + '*');
    }
  }

  private void many(JsonStreamContext place, JsonParser json) throws IOException {
    if (findings.tooMany() == null
        && place != null
        && place.inArray()
        && place.getCurrentIndex() >= BodyFindings.most(place.getParent().getCurrentName())) {
      findings.tooMany(path(json).replaceFirst("\\[\\d+](?!.*\\[).*$", ""));
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
