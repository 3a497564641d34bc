package org.carepathway.patientlink.web;

import java.util.List;
import java.util.stream.Stream;
import org.carepathway.answers.Prefilled;
import org.carepathway.form.Form;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;
import org.springframework.stereotype.Component;

/** What a patient must do, line by line, in the language of the page. */
@Component
class InstructionLines {

  private final Dates dates;
  private final Texts texts;

  InstructionLines(Dates dates, Texts texts) {
    this.dates = dates;
    this.texts = texts;
  }

  /**
   * @param label what it is about
   * @param text what to do, or when
   */
  record Line(String label, String text) {}

  List<Line> of(Prefilled first) {
    Form form = texts.of(first.form());
    return first.answers().getItem().stream().flatMap(item -> lines(form, item)).toList();
  }

  private Stream<Line> lines(Form form, QuestionnaireResponseItemComponent item) {
    return item.hasAnswer()
        ? item.getAnswer().stream().map(answer -> line(form, item, answer.getValue()))
        : item.getItem().stream().flatMap(inner -> lines(form, inner));
  }

  private Line line(Form form, QuestionnaireResponseItemComponent item, Type value) {
    return new Line(
        form.item(item.getLinkId()).orElseThrow().label(),
        value instanceof BaseDateTimeType time
            ? dates.text(time)
            : texts.of(value.primitiveValue()));
  }
}
