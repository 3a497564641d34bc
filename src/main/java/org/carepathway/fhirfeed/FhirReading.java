package org.carepathway.fhirfeed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Resources that were kept, for people who look at them. */
public final class FhirReading {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private FhirReading() {}

  /** A resource line by line; anything else as it is. */
  public static String lines(String content) {
    if (!content.startsWith("{")) {
      return content;
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(content));
    } catch (JsonProcessingException unreadable) {
      return content;
    }
  }
}
