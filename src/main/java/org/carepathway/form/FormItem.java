package org.carepathway.form;

import java.util.List;
import java.util.function.UnaryOperator;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;

/**
 * One item of a form. Help texts (display items in a question, or with the control "help") are not
 * items of their own here.
 *
 * @param limits bounds of the answers
 * @param options codes to choose from, in order; empty unless it is a choice
 * @param units for a quantity the units to choose from, for a number its unit; empty for none
 * @param enableWhen when it is asked; null for always
 * @param toPatient how it is put to a patient who answers it without staff
 * @param shared what it means for other questions when it is chosen; empty for nothing
 */
public record FormItem(
    String linkId,
    QuestionnaireItemType type,
    Wording wording,
    Asked asked,
    Limits limits,
    List<Coding> options,
    List<Coding> units,
    EnableWhen enableWhen,
    List<Constraint> constraints,
    Prefill prefill,
    Outputs outputs,
    ToPatient toPatient,
    List<SharedAnswer> shared,
    List<FormItem> items) {

  /**
   * How it is asked.
   *
   * @param hidden never shown; its answers come from the prefill only
   * @param control code of itemControl, such as {@code radio-button}; null for the usual
   */
  record Asked(
      boolean required, boolean repeats, boolean readOnly, boolean hidden, String control) {}

  /** What is shown, or null. */
  public String label() {
    return wording.label();
  }

  public boolean required() {
    return asked.required();
  }

  public boolean repeats() {
    return asked.repeats();
  }

  public boolean readOnly() {
    return asked.readOnly();
  }

  public boolean hidden() {
    return asked.hidden();
  }

  /** Whether it is one choice for several questions. */
  public boolean answersOthers() {
    return !shared.isEmpty();
  }

  public boolean isGroup() {
    return type == QuestionnaireItemType.GROUP;
  }

  public boolean isText() {
    return type == QuestionnaireItemType.DISPLAY;
  }

  public boolean isQuestion() {
    return !isGroup() && !isText();
  }

  /**
   * Whether only the service sets its answers: a group of which people may answer nothing is the
   * service's as a whole, so they can neither remove nor add one.
   */
  public boolean isLocked() {
    return readOnly() || hidden() || isGroup() && hasNothingToAnswer();
  }

  private boolean hasNothingToAnswer() {
    List<FormItem> asked = items.stream().filter(item -> !item.isText()).toList();
    return !asked.isEmpty() && asked.stream().allMatch(FormItem::isLocked);
  }

  /** The same in another language. */
  FormItem in(UnaryOperator<String> words) {
    return new FormItem(
        linkId,
        type,
        wording.in(words),
        asked,
        limits,
        options.stream().map(option -> in(option, words)).toList(),
        units.stream().map(unit -> in(unit, words)).toList(),
        enableWhen,
        constraints,
        prefill,
        outputs,
        toPatient.in(words),
        shared,
        items.stream().map(item -> item.in(words)).toList());
  }

  /**
   * The same as a patient answers it: what is not put to patients is hidden, and set by the
   * service.
   *
   * @param around whether something around it is not put to patients
   */
  FormItem toPatient(boolean around) {
    boolean shut = around || !toPatient.asked() || toPatient.answer() != null;
    return new FormItem(
        linkId,
        type,
        toPatient.wording(wording),
        shut ? new Asked(false, asked.repeats(), true, true, asked.control()) : asked,
        limits,
        options,
        units,
        enableWhen,
        constraints,
        prefill,
        outputs,
        toPatient,
        shared,
        items.stream().map(item -> item.toPatient(shut)).toList());
  }

  private static Coding in(Coding english, UnaryOperator<String> words) {
    return english.hasDisplay()
        ? english.copy().setDisplay(words.apply(english.getDisplay()))
        : english;
  }

  /** The label in quotation marks, as messages name the field. */
  String quoted() {
    return "\"" + (label() == null ? linkId : label()) + "\"";
  }
}
