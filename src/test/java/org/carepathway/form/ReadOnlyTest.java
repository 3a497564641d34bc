package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carepathway.form.TestForms.CONTEXT;
import static org.carepathway.form.TestForms.PATHS;
import static org.carepathway.form.TestForms.answer;
import static org.carepathway.form.TestForms.extension;
import static org.carepathway.form.TestForms.form;
import static org.carepathway.form.TestForms.group;
import static org.carepathway.form.TestForms.items;
import static org.carepathway.form.TestForms.response;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
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

  /** A group like a rule that fired: its questions are read-only, nobody said it of the group. */
  private static final Form COMPUTED =
      form(
          """
          {"linkId": "hit", "type": "group", "repeats": true, "item": [
            {"linkId": "rule", "type": "string", "readOnly": true},
            {"linkId": "said", "type": "group", "item": [
              {"linkId": "value", "type": "string", "readOnly": true}]}]},
          {"linkId": "r", "type": "group", "repeats": true, "item": [
            {"linkId": "typed", "type": "string"},
            {"linkId": "inner", "type": "group", "repeats": true, "item": [
              {"linkId": "limit", "type": "string", "readOnly": true}]}]},
          {"linkId": "codes", "type": "choice", "repeats": true, "readOnly": true, "answerOption": [
            {"valueCoding": {"system": "http://x", "code": "c1", "display": "1"}},
            {"valueCoding": {"system": "http://x", "code": "c2", "display": "2"}}]}
          """);

  private static final String HIT =
      group(
          "hit",
          answer("rule", "\"valueString\": \"D1-1\""),
          group("said", answer("value", "\"valueString\": \"yes\"")));
  private static final String INNER = group("inner", answer("limit", "\"valueString\": \"9\""));
  private static final String TYPED = answer("typed", "\"valueString\": \"x\"");
  private static final String C1 =
      "{\"system\": \"http://x\", \"code\": \"c1\", \"display\": \"1\"}";
  private static final String CODES =
      answer("codes", "\"valueCoding\": " + C1, "\"valueCoding\": " + C1.replace("1", "2"));

  private static List<String> computed(String... items) {
    String before =
        String.join(",", HIT, HIT.replace("D1-1", "D1-2"), group("r", INNER, INNER), CODES);
    return new AnswerCheck(PATHS)
        .check(COMPUTED, response(String.join(",", items)), response(before), CONTEXT).stream()
            .map(issue -> issue.linkId() + " " + issue.rule())
            .toList();
  }

  @Test
  void whatWasComputedIsNeitherLeftOutNorAdded() {
    String second = HIT.replace("D1-1", "D1-2");
    String r = group("r", TYPED, INNER, INNER);

    assertThat(computed(HIT, second, r, CODES)).isEmpty();
    assertThat(computed(HIT, r, CODES)).containsExactly("hit read-only");
    assertThat(computed(r, CODES)).containsExactly("hit read-only");
    assertThat(computed(HIT, second, HIT, r, CODES))
        .contains("hit read-only", "rule read-only", "value read-only");
    assertThat(computed(HIT, second, group("r", TYPED, INNER), CODES))
        .containsExactly("inner read-only");
    assertThat(computed(HIT, second, group("r", TYPED), CODES)).containsExactly("inner read-only");
    assertThat(computed(HIT, second, r, answer("codes", "\"valueCoding\": " + C1)))
        .containsExactly("codes read-only");
  }

  @Test
  void whatWasComputedStaysWhateverAPageSends() {
    String before = String.join(",", HIT, group("r", INNER, INNER), CODES);
    for (Map<String, List<String>> posted :
        List.of(
            Map.of("r[0]", List.of("1"), "r[0].typed", List.of("x")),
            Map.of(
                "hit[7]", List.of("1"),
                "hit[7].rule", List.of("mine"),
                "r[0]", List.of("1"),
                "r[0].typed", List.of("x"),
                "r[0].inner[3]", List.of("1"),
                "codes", List.of("mine")))) {
      assertThat(
              items(
                  FormPost.read(COMPUTED, posted, response(before), ZoneOffset.UTC, COMPUTED)
                      .response()))
          .isEqualTo(
              items(response(String.join(",", HIT, group("r", TYPED, INNER, INNER), CODES))));
    }
  }

  @Test
  void nothingIsOfferedToRemoveOrAddToWhatWasComputed() {
    String before = String.join(",", HIT, group("r", INNER, INNER), CODES);
    FormView view =
        FormView.of(
            COMPUTED, new Posted(response(before), List.of(), Map.of()), List.of(), ZoneOffset.UTC);
    GroupView hit = (GroupView) view.nodes().get(0);
    GroupView r = (GroupView) view.nodes().get(1);
    GroupView inner = (GroupView) r.repetitions().get(0).nodes().get(1);
    assertThat(hit.repeats()).isFalse();
    assertThat(hit.repetitions()).hasSize(1);
    assertThat(r.repeats()).isTrue();
    assertThat(inner.repeats()).isFalse();
    assertThat(inner.repetitions()).hasSize(2);
  }

  @Test
  void withoutAPrefillThereIsNothingToCompareWith() {
    assertThat(new AnswerCheck(PATHS).check(FORM, response(A), CONTEXT)).isEmpty();
  }
}
