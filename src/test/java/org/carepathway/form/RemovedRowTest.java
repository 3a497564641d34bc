package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.form.GroupView.Repetition;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;

/**
 * A row that somebody removes takes what the service had set in it along: the dose that is entered
 * beside one drug never gets beside another, however often the page is shown again.
 */
class RemovedRowTest {

  private static final ZoneId ZONE = ZoneOffset.UTC;

  private static final Form FORM =
      TestForms.form(
          """
          {"linkId": "r", "type": "group", "repeats": true, "item": [
            {"linkId": "drug", "type": "string", "text": "Drug", "readOnly": true},
            {"linkId": "dose", "type": "integer", "text": "Dose"}]}
          """);

  private static final QuestionnaireResponse TWO =
      TestForms.FHIR
          .newJsonParser()
          .parseResource(
              QuestionnaireResponse.class,
              """
              {"resourceType": "QuestionnaireResponse", "item": [
                {"linkId": "r", "item": [{"linkId": "drug", "answer": [{"valueString": "A"}]}]},
                {"linkId": "r", "item": [{"linkId": "drug", "answer": [{"valueString": "B"}]}]}]}
              """);

  private final Map<String, List<String>> page = new HashMap<>();

  @Test
  void theRowThatIsLeftKeepsItsDrugWhenThePageIsShownAgain() {
    show(new Posted(TWO, List.of(), Map.of()));
    page.keySet().removeIf(name -> name.startsWith("r[0]"));
    type("r[1].dose", "many");

    Posted refused = read();
    assertThat(rows(refused)).containsExactly("B null");
    show(refused);
    type("r[0].dose", "5");

    Posted taken = read();
    assertThat(rows(taken)).containsExactly("B 5");
    assertThat(taken.issues()).isEmpty();
  }

  @Test
  void aRowThatWasAddedInItsPlaceHasNoDrug() {
    show(new Posted(TWO, List.of(), Map.of()));
    page.keySet().removeIf(name -> name.startsWith("r["));
    type("r[2]", blank().origin());
    type("r[2].dose", "7");

    show(read());

    assertThat(rows(read())).containsExactly("null 7");
  }

  @Test
  void theEmptyRowOfAPageWithoutRowsIsANewOne() {
    show(read());
    assertThat(page).containsEntry("r[0]", List.of("new"));
    type("r[0].dose", "7");

    assertThat(rows(read())).containsExactly("null 7");
  }

  @Test
  void aRowThatNothingIsKnownOfIsTakenByItsNumber() {
    type("r[1]", "1");
    type("r[1].dose", "5");

    assertThat(rows(read())).containsExactly("B 5");
  }

  /** As a browser would post the page. */
  private void show(Posted posted) {
    page.clear();
    for (Repetition row : group(posted).repetitions()) {
      type(row.name(), row.origin());
      for (FormView.Node node : row.nodes()) {
        FieldView field = (FieldView) node;
        if (field.kind().equals("fixed")) {
          type(field.name() + Names.SEEN, field.answer().shown());
        } else {
          type(field.name(), field.answer().value());
        }
      }
    }
  }

  private static Repetition blank() {
    return group(new Posted(TWO, List.of(), Map.of())).more().blank();
  }

  private static GroupView group(Posted posted) {
    return (GroupView) FormView.of(FORM, posted, List.of(), ZONE).nodes().get(0);
  }

  private void type(String name, String value) {
    page.put(name, List.of(value));
  }

  private Posted read() {
    return FormPost.read(FORM, page, TWO, ZONE, FORM);
  }

  private static List<String> rows(Posted posted) {
    return posted.response().getItem().stream()
        .map(row -> value(row.getItem(), "drug") + " " + value(row.getItem(), "dose"))
        .toList();
  }

  private static String value(
      List<QuestionnaireResponse.QuestionnaireResponseItemComponent> items, String linkId) {
    return Answers.valuesWithin(items, linkId).stream()
        .map(value -> value.primitiveValue())
        .findFirst()
        .orElse(null);
  }
}
