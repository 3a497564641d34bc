package org.carepathway.form;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.EnableWhenBehavior;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemAnswerOptionComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Type;

/** Reads the items of one Questionnaire. */
final class ItemReader {

  private static final Set<QuestionnaireItemType> SUPPORTED =
      EnumSet.of(
          QuestionnaireItemType.GROUP,
          QuestionnaireItemType.DISPLAY,
          QuestionnaireItemType.BOOLEAN,
          QuestionnaireItemType.INTEGER,
          QuestionnaireItemType.DECIMAL,
          QuestionnaireItemType.DATE,
          QuestionnaireItemType.DATETIME,
          QuestionnaireItemType.STRING,
          QuestionnaireItemType.TEXT,
          QuestionnaireItemType.CHOICE,
          QuestionnaireItemType.OPENCHOICE,
          QuestionnaireItemType.QUANTITY,
          QuestionnaireItemType.ATTACHMENT);
  private static final Set<QuestionnaireItemType> CHOICES =
      EnumSet.of(QuestionnaireItemType.CHOICE, QuestionnaireItemType.OPENCHOICE);
  private final Questionnaire source;
  private final FormExpressions expressions;
  private final ValueSetLookup valueSets;
  private final RuleReader rules;
  private final OutputReader outputs;

  ItemReader(Questionnaire source, FormExpressions expressions, ValueSetLookup valueSets) {
    this.source = source;
    this.expressions = expressions;
    this.valueSets = valueSets;
    this.rules = new RuleReader(expressions);
    this.outputs = new OutputReader(source, expressions);
  }

  FormReader.Head head() {
    supported(null, source.getExtension());
    return new FormReader.Head(
        source.getUrl(),
        source.getVersion(),
        source.getTitle(),
        rules.constraints(null, source.getExtension()),
        rules.variables(null, source.getExtension()),
        outputs.read(null, source.getExtension(), source.getItem()));
  }

  List<FormItem> read(List<QuestionnaireItemComponent> items) {
    return items.stream().filter(item -> !isHelp(item)).map(this::item).toList();
  }

  private FormItem item(QuestionnaireItemComponent item) {
    String linkId = item.getLinkId();
    boolean group = item.getType() == QuestionnaireItemType.GROUP;
    boolean choice = CHOICES.contains(item.getType());
    supported(linkId, item.getExtension());
    require(
        SUPPORTED.contains(item.getType()), linkId, "the type " + code(item) + " is not supported");
    require(
        !item.getRepeats() || group || choice,
        linkId,
        "only groups and choices can repeat; use a group");
    require(
        group || hasOnlyHelp(item), linkId, "a question cannot have questions in it; use a group");
    return new FormItem(
        linkId,
        item.getType(),
        new Wording(item.getText(), help(item), Sdc.text(item.getExtension(), Sdc.ENTRY_FORMAT)),
        new FormItem.Asked(
            item.getRequired(),
            item.getRepeats(),
            item.getReadOnly(),
            Sdc.flag(item.getExtension(), Sdc.HIDDEN),
            Sdc.control(item.getExtension())),
        new LimitReader(expressions.form(), item).read(),
        choice ? options(item) : List.of(),
        Sdc.units(item.getExtension()),
        enableWhen(item),
        rules.constraints(linkId, item.getExtension()),
        rules.prefill(item),
        outputs.read(linkId, item.getExtension(), item.getItem()),
        ToPatient.of(item.getExtension()),
        SharedAnswer.of(item.getExtension()),
        group ? read(item.getItem()) : List.of());
  }

  private static String code(QuestionnaireItemComponent item) {
    return item.getType() == null ? "(none)" : item.getType().toCode();
  }

  private void require(boolean ok, String linkId, String reason) {
    if (!ok) {
      throw new FormException(expressions.form(), linkId, reason);
    }
  }

  private void supported(String linkId, List<Extension> extensions) {
    for (Extension extension : extensions) {
      String url = extension.getUrl();
      require(!Sdc.REFUSED.contains(url), linkId, "the extension " + url + " is not supported");
    }
  }

  private static boolean isHelp(QuestionnaireItemComponent item) {
    return item.getType() == QuestionnaireItemType.DISPLAY
        && "help".equals(Sdc.control(item.getExtension()));
  }

  private static boolean hasOnlyHelp(QuestionnaireItemComponent question) {
    return question.getItem().stream().allMatch(i -> i.getType() == QuestionnaireItemType.DISPLAY);
  }

  private static String help(QuestionnaireItemComponent item) {
    boolean group = item.getType() == QuestionnaireItemType.GROUP;
    String help =
        item.getItem().stream()
            .filter(child -> !group || isHelp(child))
            .map(QuestionnaireItemComponent::getText)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("\n"));
    return help.isEmpty() ? null : help;
  }

  private List<Coding> options(QuestionnaireItemComponent item) {
    String linkId = item.getLinkId();
    require(
        item.hasAnswerOption() != item.hasAnswerValueSet(),
        linkId,
        "a choice needs either answerOption or answerValueSet");
    List<Type> values =
        item.getAnswerOption().stream()
            .map(QuestionnaireItemAnswerOptionComponent::getValue)
            .toList();
    require(
        values.stream().allMatch(Coding.class::isInstance), linkId, "an option must be a Coding");
    List<Coding> options =
        item.hasAnswerOption()
            ? values.stream().map(Coding.class::cast).toList()
            : List.copyOf(valueSets.codings(item.getAnswerValueSet()));
    require(
        !options.isEmpty(), linkId, "the value set " + item.getAnswerValueSet() + " has no codes");
    return options;
  }

  private static EnableWhen enableWhen(QuestionnaireItemComponent item) {
    if (!item.hasEnableWhen()) {
      return null;
    }
    // R4 leaves the behaviour without meaning for a single condition.
    boolean all = item.getEnableBehavior() != EnableWhenBehavior.ANY;
    return new EnableWhen(
        all,
        item.getEnableWhen().stream()
            .map(w -> new EnableWhen.Condition(w.getQuestion(), w.getOperator(), w.getAnswer()))
            .toList());
  }
}
