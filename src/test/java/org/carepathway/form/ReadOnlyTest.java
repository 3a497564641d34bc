package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carepathway.form.TestForms.CONTEXT;
import static org.carepathway.form.TestForms.PATHS;
import static org.carepathway.form.TestForms.answer;
import static org.carepathway.form.TestForms.extension;
import static org.carepathway.form.TestForms.form;
import static org.carepathway.form.TestForms.group;
import static org.carepathway.form.TestForms.response;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadOnlyTest {

  private static final Form FORM =
      form(
          """
          {"linkId": "a", "type": "integer", "readOnly": true},
          {"linkId": "h", "type": "string", "extension": [%s]},
          {"linkId": "b", "type": "integer"},
          {"linkId": "r", "type": "group", "repeats": true, "item": [
            {"linkId": "level", "type": "string", "readOnly": true},
            {"linkId": "kind", "type": "string", "readOnly": true, "initial": [{"valueString": "extra"}],
             "enableWhen": [{"question": "level", "operator": "exists", "answerBoolean": false}]},
            {"linkId": "volume", "type": "decimal"}]},
          {"linkId": "c", "type": "group", "readOnly": true, "repeats": true, "item": [
            {"linkId": "x", "type": "integer"}]}
          """
              .formatted(extension(Sdc.HIDDEN, "\"valueBoolean\": true")));

  private static final String A = answer("a", "\"valueInteger\": 1");
  private static final String H = answer("h", "\"valueString\": \"secret\"");
  private static final String X = group("c", answer("x", "\"valueInteger\": 1"));

  private static List<String> rules(String before, String... items) {
    return new AnswerCheck(PATHS)
        .check(FORM, response(String.join(",", items)), response(before), CONTEXT).stream()
            .map(issue -> issue.linkId() + " " + issue.rule())
            .toList();
  }

  private static String level(String level, String volume) {
    return group("r", answer("level", "\"valueString\": \"" + level + "\""), volume(volume));
  }

  private static String volume(String volume) {
    return answer("volume", "\"valueDecimal\": " + volume);
  }

  @Test
  void whatTheServiceSetStays() {
    String before = String.join(",", A, H, X, answer("b", "\"valueInteger\": 1"));

    assertThat(rules(before, A, H, X, answer("b", "\"valueInteger\": 2"))).isEmpty();
    assertThat(rules(before, A, H, X)).isEmpty();
    assertThat(rules(before, answer("a", "\"valueInteger\": 2"), H, X))
        .containsExactly("a read-only");
    assertThat(rules(before, H, X)).containsExactly("a read-only");
    assertThat(rules(before, A, H.replace("secret", "known"), X)).containsExactly("h read-only");
    assertThat(rules(before, A, X)).containsExactly("h read-only");
    assertThat(rules(A + "," + X, A, H, X)).containsExactly("h read-only");
  }

  @Test
  void aReadOnlyGroupKeepsItsEntries() {
    String before = String.join(",", A, H, X, X.replace("1", "2"));

    assertThat(rules(before, A, H, X, X.replace("1", "2"))).isEmpty();
    assertThat(rules(before, A, H, X, X.replace("1", "3"))).containsExactly("x read-only");
    assertThat(rules(before, A, H, X)).containsExactly("c read-only");
    assertThat(rules(before, A, H, X.replace("1", "2"), X))
        .containsExactly("x read-only", "x read-only");
  }

  @Test
  void repetitionsMayBeRemovedAndAdded() {
    String before = String.join(",", A, H, level("L1", "1"), level("L2", "1"), level("L3", "1"));

    assertThat(rules(before, A, H, level("L1", "1"), level("L3", "2.5"))).isEmpty();
    assertThat(rules(before, A, H)).isEmpty();
    assertThat(rules(before, A, H, level("L1", "1"), level("L4", "1")))
        .containsExactly("level read-only");
    assertThat(rules(before, A, H, level("L1", "1"), level("L1", "1")))
        .containsExactly("level read-only");
    String added = group("r", answer("kind", "\"valueString\": \"extra\""), volume("3"));
    assertThat(rules(A + "," + H, A, H, added)).isEmpty();
    assertThat(rules(A + "," + H, A, H, added.replace("extra", "other")))
        .containsExactly("kind read-only");
  }

  @Test
  void withoutAPrefillThereIsNothingToCompareWith() {
    assertThat(new AnswerCheck(PATHS).check(FORM, response(A), CONTEXT)).isEmpty();
  }
}
