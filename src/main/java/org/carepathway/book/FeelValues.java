package org.carepathway.book;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.content.PolicyValue;

/** The values in a FEEL expression in words: numbers, codes, headings and values of the policy. */
final class FeelValues {

  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern POLICY = Pattern.compile("policy\\.(\\w+)");
  private static final Pattern DURATION = Pattern.compile("duration\\((policy\\.\\w+)\\)");

  private final Glossary glossary;
  private final Amounts amounts;
  private final Language language;
  private final Map<String, String> labels;

  /**
   * @param labels name of a variable to its heading
   */
  FeelValues(Glossary glossary, Amounts amounts, Language language, Map<String, String> labels) {
    this.glossary = glossary;
    this.amounts = amounts;
    this.language = language;
    this.labels = labels;
  }

  String of(String feel) {
    String text = feel.strip();
    if (text.equals("null")) {
      return language.say("book.unknown");
    }
    if (text.matches("true|false")) {
      return language.say("value." + text);
    }
    if (text.matches("-?\\d+(\\.\\d+)?")) {
      return amounts.number(new BigDecimal(text));
    }
    if (text.matches("[a-z]\\w*")) {
      return label(text);
    }
    Matcher quoted = TEXT.matcher(text);
    return quoted.matches() ? said(quoted.group(1)) : formula(text);
  }

  String said(String text) {
    String code = glossary.code(text);
    return code.equals(text) ? language.of(text) : code;
  }

  /** A formula with the values of the policy and the headings in it. */
  private String formula(String feel) {
    String plain = DURATION.matcher(feel).replaceAll("$1");
    String valued = POLICY.matcher(plain).replaceAll(this::policy);
    String said =
        TEXT.matcher(valued)
            .replaceAll(found -> Matcher.quoteReplacement('"' + said(found.group(1)) + '"'));
    return said.replace(" and ", language.say("book.and"))
        .replaceAll("(?<=\\()\\?", language.say("book.this"));
  }

  private String policy(MatchResult name) {
    return glossary
        .value(name.group(1))
        .map(this::policy)
        .map(Matcher::quoteReplacement)
        .orElse(Matcher.quoteReplacement(name.group()));
  }

  private String policy(PolicyValue value) {
    return language.say("book.policy-value", amounts.of(value), value.name());
  }

  String label(String variable) {
    return labels.containsKey(variable) ? glossary.quoted(labels.get(variable)) : variable;
  }
}
