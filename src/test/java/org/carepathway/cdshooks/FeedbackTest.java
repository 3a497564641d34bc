package org.carepathway.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.carepathway.cdshooks.CdsRefusal.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clinicians did is read as CDS Hooks says it is told. */
class FeedbackTest {

  private static final String WHOLE =
      "{'card': '4e0a3a1e-3283-4575-ab82-028d55fe2719', 'outcome': 'overridden', 'outcomeTimestamp': '2020-12-11T00:00:00Z'}";

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void aCardThatWasSetAsideNeedsNoReason() throws Exception {
    assertThat(Feedback.read(json("{'feedback': [" + WHOLE + "]}")))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.outcome()).isEqualTo("overridden");
              assertThat(one.reason()).isNull();
              assertThat(one.comment()).isNull();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'card': '4e0a3a1e-3283-4575-ab82-028d55fe2719'  | 'card': 'x'   | feedback[1].card",
        "'overridden'             | 'ignored'             | feedback[1].outcome",
        "'overridden'             | 'accepted'            | feedback[1].acceptedSuggestions",
        "'2020-12-11T00:00:00Z'   | '2020-12-11'          | feedback[1].outcomeTimestamp",
        "'outcome':               | 'overrideReason': {'reason': {'display': 'x'}}, 'outcome': | feedback[1].overrideReason.reason",
      })
  void whatIsWrongIsNamed(String part, String instead, String field) throws Exception {
    JsonNode body =
        json("{'feedback': [" + WHOLE + ", " + WHOLE.replace(part.strip(), instead.strip()) + "]}");

    CdsRefusal refused = catchThrowableOfType(CdsRefusal.class, () -> Feedback.read(body));

    assertThat(refused.faults()).extracting(Fault::field).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{}", "[]", "{'feedback': {}}", "{'feedback': []}"})
  void itIsAnArray(String body) throws Exception {
    JsonNode sent = json(body);
    assertThat(catchThrowableOfType(CdsRefusal.class, () -> Feedback.read(sent)).faults())
        .extracting(Fault::field)
        .containsExactly("feedback");
  }
}
