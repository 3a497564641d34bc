package org.carepathway.form;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;

/**
 * One item of a form. Help texts (display items in a question, or with the control "help") are not
 * items of their own here.
 *
 * @param label what is shown, or null
 * @param help a longer explanation, or null
 * @param hidden never shown; its answers come from the prefill only
 * @param limits bounds of the answers
 * @param options codes to choose from, in order; empty unless it is a choice
 * @param units for a quantity the units to choose from, for a number its unit; empty for none
 * @param enableWhen when it is asked; null for always
 * @param control code of itemControl, such as {@code radio-button}; null for the usual
 * @param placeholder example of the format (entryFormat); null for none
 */
public record FormItem(
    String linkId,
    QuestionnaireItemType type,
    String label,
    String help,
    boolean required,
    boolean repeats,
    boolean readOnly,
    boolean hidden,
    Limits limits,
    List<Coding> options,
    List<Coding> units,
    EnableWhen enableWhen,
    List<Constraint> constraints,
    Prefill prefill,
    Outputs outputs,
    String control,
    String placeholder,
    List<FormItem> items) {

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
    return readOnly || hidden || isGroup() && hasNothingToAnswer();
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
        label == null ? null : words.apply(label),
        help == null ? null : help.lines().map(words).collect(Collectors.joining("\n")),
        required,
        repeats,
        readOnly,
        hidden,
        limits,
        options.stream().map(option -> in(option, words)).toList(),
        units.stream().map(unit -> in(unit, words)).toList(),
        enableWhen,
        constraints,
        prefill,
        outputs,
        control,
        placeholder == null ? null : words.apply(placeholder),
        items.stream().map(item -> item.in(words)).toList());
  }

  private static Coding in(Coding english, UnaryOperator<String> words) {
    return english.hasDisplay()
        ? english.copy().setDisplay(words.apply(english.getDisplay()))
        : english;
  }

  /** The label in quotation marks, as messages name the field. */
  String quoted() {
    return "\"" + (label == null ? linkId : label) + "\"";
  }
}
