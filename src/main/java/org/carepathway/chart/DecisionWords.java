package org.carepathway.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.carepathway.content.PathwayContent;
import org.carepathway.content.PolicyValue;
import org.carepathway.form.FormItem;
import org.carepathway.page.PlainText;
import org.carepathway.page.RuleWords;
import org.carepathway.page.Texts;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** What a table knew and said, as people say it: values of the policy by what they mean. */
record DecisionWords(PathwayContent content, PlainText text, Texts texts) {

  private static final String POLICY = "policy.";

  /** What a table is called. */
  String decision(String id) {
    return texts.of(content.tables().names().getOrDefault(id, id));
  }

  /** What a rule says of itself; empty where it says nothing. */
  String rule(String id) {
    return RuleWords.of(texts.of(content.tables().rules().getOrDefault(id, "")));
  }

  /** What an input is called. */
  String input(String name) {
    return texts.of(name.startsWith(POLICY) ? meaning(name.substring(POLICY.length())) : name);
  }

  /** What an output of a table is called. */
  String output(String decision, String name) {
    return texts.of(content.tables().output(decision, name));
  }

  /** Codes by what the forms call them; no number is more exact than anybody can measure. */
  String value(Type value) {
    if (value instanceof DecimalType number && number.getValue().scale() > 2) {
      BigDecimal rounded = number.getValue().setScale(2, RoundingMode.HALF_UP);
      return text.of(new DecimalType(rounded.stripTrailingZeros()));
    }
    return value instanceof StringType code ? texts.of(option(code.getValue())) : text.of(value);
  }

  private String meaning(String camelCase) {
    return content.policy().values().values().stream()
        .filter(value -> value.camelCase().equals(camelCase))
        .map(PolicyValue::meaning)
        .findFirst()
        .orElse(camelCase);
  }

  /** The text itself where no form offers it as a code, or forms call it otherwise. */
  private String option(String code) {
    List<String> displays =
        content.forms().keySet().stream()
            .flatMap(key -> options(content.form(key).items()))
            .filter(option -> code.equals(option.getCode()) && option.hasDisplay())
            .map(Coding::getDisplay)
            .distinct()
            .toList();
    return displays.size() == 1 ? displays.get(0) : code;
  }

  private static Stream<Coding> options(Collection<FormItem> items) {
    return items.stream()
        .flatMap(item -> Stream.concat(item.options().stream(), options(item.items())));
  }
}
