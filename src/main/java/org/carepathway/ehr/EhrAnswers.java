package org.carepathway.ehr;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what an EHR answers: FHIR as JSON, its decimals as they came, or it is no answer. */
final class EhrAnswers {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private EhrAnswers() {}

  static JsonNode read(byte[] content) throws IOException {
    return JSON.readTree(content);
  }

  /**
   * @throws EhrFault where the answer cannot be read
   */
  static JsonNode json(HttpResponse<byte[]> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.contains("json")) {
      throw new EhrFault(
          EhrFault.Kind.NO_FHIR, "The answer is no FHIR: its type is " + shortened(type));
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException unreadable) {
      throw new EhrFault(EhrFault.Kind.NO_FHIR, "The answer cannot be read as JSON");
    }
  }

  /**
   * @throws EhrFault where the answer is another resource than it was asked for
   */
  static JsonNode of(String type, JsonNode answer) {
    if (!answer.path("resourceType").asText().equals(type)) {
      throw new EhrFault(EhrFault.Kind.NO_FHIR, "The answer is no " + type);
    }
    return answer;
  }

  /**
   * @throws EhrFault where the answer says what was wrong, or is no Bundle
   */
  static JsonNode bundle(JsonNode answer) {
    if (Outcomes.isOutcome(answer)) {
      throw new EhrFault(
          EhrFault.Kind.REFUSED, "Answered with an OperationOutcome" + Outcomes.said(answer));
    }
    return of("Bundle", answer);
  }

  /** The id of what was written; empty where neither the address nor the body says it. */
  static Optional<String> id(String type, HttpResponse<byte[]> answer) {
    return idOfAddress(type, answer.headers().firstValue("Location").orElse(""))
        .or(() -> idOfBody(type, answer));
  }

  private static Optional<String> idOfAddress(String type, String location) {
    Matcher named = Pattern.compile("/" + type + "/([A-Za-z0-9.-]+)").matcher('/' + location);
    return named.find() ? Optional.of(named.group(1)) : Optional.empty();
  }

  private static Optional<String> idOfBody(String type, HttpResponse<byte[]> answer) {
    try {
      JsonNode body = JSON.readTree(answer.body());
      return body != null && body.path("resourceType").asText().equals(type) && body.has("id")
          ? Optional.of(body.path("id").asText())
          : Optional.empty();
    } catch (IOException notSaid) {
      return Optional.empty();
    }
  }

  private static String shortened(String type) {
    return type.isEmpty() ? "not said" : type.substring(0, Math.min(60, type.length()));
  }
}
