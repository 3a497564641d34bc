package org.carepathway.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.carepathway.book.Change.Difference;
import org.carepathway.book.Change.Way;
import org.carepathway.content.ContentOnDisk;
import org.junit.jupiter.api.Test;

/** What differs from the version before is found, by name and in words. */
class ChangesTest {

  private static final String FORM = "fhir-profiles/vertebroplasty/Questionnaire/red-flag.json";

  @Test
  void theSameContentDiffersInNothing() {
    assertThat(since(text -> text, FORM)).isEmpty();
  }

  /** Who signs compares it by eye with what is on the screen. */
  @Test
  void theFingerprintDependsOnTheContentOnly() {
    String path = "bpmn/vertebroplasty/policy.yaml";
    String one = things(text -> text, path).fingerprint();
    assertThat(things(text -> text, path).fingerprint()).isEqualTo(one);
    assertThat(things(text -> text.replace("value: 28", "value: 27"), path).fingerprint())
        .isNotEqualTo(one);
  }

  @Test
  void anAddedQuestionIsFound() {
    assertThat(
            since(
                text ->
                    text.replace(
                        "\"linkId\": \"leg-pain\",",
                        "\"linkId\": \"pale\", \"text\": \"Pale\", \"type\": \"boolean\"}, {\"linkId\":"
                            + " \"leg-pain\","),
                FORM))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.way()).isEqualTo(Way.ADDED);
              assertThat(change.name()).isEqualTo("Pale");
              assertThat(change.where()).isEqualTo("Report an alarm sign");
            });
  }

  @Test
  void aChangedLimitIsFoundWithBothValues() {
    assertThat(since(text -> text.replace("42.0", "41.0"), FORM))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.way()).isEqualTo(Way.CHANGED);
              assertThat(change.name()).isEqualTo("Temperature, if measured");
              assertThat(change.differences())
                  .containsExactly(
                      new Difference(
                          "book.limits",
                          "°C; from 33.0 to 42.0; 1 decimal",
                          "°C; from 33.0 to 41.0; 1 decimal"));
            });
  }

  @Test
  void aRemovedRuleIsFound() {
    String start = "<rule id=\"D2-2\">";
    assertThat(
            since(
                text -> {
                  int from = text.indexOf(start);
                  int to = text.indexOf("</rule>", from) + "</rule>".length();
                  return text.substring(0, from) + text.substring(to);
                },
                "bpmn/vertebroplasty/imaging.dmn"))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.way()).isEqualTo(Way.REMOVED);
              assertThat(change.name()).isEqualTo("D2-2");
              assertThat(change.where()).isEqualTo("Imaging");
            });
  }

  @Test
  void aChangedPolicyValueIsFound() {
    assertThat(
            since(
                text ->
                    text.replace(
                        "imaging-valid-days: {value: 28", "imaging-valid-days: {value: 21"),
                "bpmn/vertebroplasty/policy.yaml"))
        .filteredOn(change -> change.kind().equals("book.value"))
        .singleElement()
        .satisfies(
            change ->
                assertThat(change.differences())
                    .containsExactly(
                        new Difference("book.delivered", "28 days", "21 days"),
                        new Difference("book.column-set", "28 days", "21 days")));
  }

  /** Of a sheet of two pages nobody would find the line. */
  @Test
  void ofALongTextOnlyTheLinesThatDifferAreTold() {
    assertThat(
            since(
                text -> text + "\n- a line of its own\n",
                "fhir-profiles/vertebroplasty/text/preparation.en.md"))
        .singleElement()
        .satisfies(
            change ->
                assertThat(change.differences())
                    .contains(new Difference("book.text", "", "- a line of its own")));
  }

  /** A rule may say the same and check something else: who signs must know. */
  @Test
  void aRuleThatChecksOtherwiseWithTheSameWordsIsFound() {
    assertThat(since(text -> text.replace("answer.value <= %now", "answer.value < %now"), FORM))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.name()).isEqualTo("Report: not in the future.");
              assertThat(change.differences())
                  .extracting(Difference::what)
                  .containsExactly("book.inside");
            });
  }

  @Test
  void anotherConditionOnTheWayIsFound() {
    assertThat(
            since(
                text -> text.replaceFirst("route == 'MDT'", "route == 'OTHER'"),
                "bpmn/vertebroplasty/vertebroplasty-referral.bpmn"))
        .extracting(Change::kind)
        .containsOnly("book.step")
        .isNotEmpty();
  }

  @Test
  void anHeirDiffersInWhatIsItsOwn() {
    List<Change> changes =
        BooksOnDisk.things("kyphoplasty").since(BooksOnDisk.things("vertebroplasty"));
    assertThat(changes).extracting(Change::name).contains("balloon-pressure-max");
    assertThat(changes)
        .extracting(Change::where)
        .contains("Balloon kyphoplasty", "Length of the session")
        .doesNotContain("Triage the referral");
    Heritage heritage = Heritage.of(changes);
    assertThat(heritage.of("value-balloon-pressure-max")).isEqualTo("own");
    assertThat(heritage.of("form-procedure")).isEqualTo("changed");
    assertThat(heritage.of("form-triage")).isEqualTo("inherited");
    assertThat(Heritage.NONE.of("form-triage")).isNull();
  }

  private static List<Change> since(UnaryOperator<String> edit, String path) {
    return things(edit, path).since(BooksOnDisk.things("vertebroplasty"));
  }

  private static Inventory things(UnaryOperator<String> edit, String path) {
    return BooksOnDisk.things(
        ContentOnDisk.content(
            "vertebroplasty", (file, text) -> file.equals(path) ? edit.apply(text) : text));
  }
}
