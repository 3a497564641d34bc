package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Bundle of a request as JSON, as it was sent: a parser of FHIR would drop what it does not
 * know, and the entries could not be validated any more.
 */
final class BatchBody {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final Pattern XML_TYPE =
      Pattern.compile("<Bundle[^>]*>.*?<type\\s+value=[\"'](\\w+)[\"']", Pattern.DOTALL);

  private BatchBody() {}

  /** The type of the Bundle; null where there is none to be read. */
  static String type(RequestDetails request) {
    String body = text(request);
    if (isXml(body)) {
      Matcher type = XML_TYPE.matcher(body);
      return type.lookingAt() ? type.group(1) : null;
    }
    try (JsonParser json = JSON.createParser(body)) {
      return type(json);
    } catch (IOException unreadable) {
      return null;
    }
  }

  /** Reads no further than to the type, which mostly stands before the entries. */
  private static String type(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return null;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      if (name.equals("type")) {
        return json.nextTextValue();
      }
      json.nextToken();
      json.skipChildren();
    }
    return null;
  }

  /**
   * @throws DataFormatException (400) when it cannot be read; of XML also where an element is not
   *     known
   */
  static JsonNode of(RequestDetails request, FhirContext fhirContext) {
    String body = text(request);
    try {
      return JSON.readTree(isXml(body) ? converted(body, fhirContext) : body);
    } catch (JsonProcessingException e) {
      throw new DataFormatException(e.getOriginalMessage(), e);
    }
  }

  private static String converted(String xml, FhirContext fhirContext) {
    IParser parser = fhirContext.newXmlParser();
    parser.setParserErrorHandler(new StrictErrorHandler());
    return fhirContext.newJsonParser().encodeResourceToString(parser.parseResource(xml));
  }

  private static boolean isXml(String body) {
    return body.startsWith("<");
  }

  private static String text(RequestDetails request) {
    String text = new String(request.loadRequestContents(), StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
  }
}
