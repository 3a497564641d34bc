package org.carepathway.book;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carepathway.content.PolicyValue;

/**
 * The cells of a decision table in words. What is not one of the usual forms stays FEEL, with its
 * names and values in words: better a formula than a wrong sentence.
 */
final class FeelWords {

  private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>)\\s*(.+)");
  private static final Pattern RANGE = Pattern.compile("\\[(.+)\\.\\.(.+)([)\\]])");
  private static final Pattern CONTAINS = Pattern.compile("contains\\(\\?, \"([^\"]*)\"\\)");
  private static final Pattern EQUALS = Pattern.compile("\\? (!?=) (\"[^\"]*\")");
  private static final Pattern SINCE =
      Pattern.compile("date and time\\(\\?\\) - date and time\\((\\w+)\\) (<=|>=|<|>) (.+)");
  private static final Pattern UNTIL =
      Pattern.compile("date and time\\((\\w+)\\) - date and time\\(\\?\\) (<=|>=|<|>) (.+)");
  private static final Pattern HOUR =
      Pattern.compile("date and time\\(\\?\\)\\.hour (<=|>=|<|>) (.+)");
  private static final Pattern LATER =
      Pattern.compile("date and time\\(\\?\\) (<|>) date and time\\((\\w+)\\)");
  private static final Pattern POLICY_IS = Pattern.compile("policy\\.(\\w+) = (true|false)");
  private static final Pattern COUNT =
      Pattern.compile("count\\(\\[(.+)]\\[contains\\(\\w+, item\\)]\\) (=|<=|>=|<|>) (\\d+)");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern POLICY = Pattern.compile("policy\\.(\\w+)");
  private static final Pattern STRING = Pattern.compile("string\\(policy\\.(\\w+)\\)");
  private static final Pattern DURATION = Pattern.compile("duration\\((policy\\.\\w+)\\)");
  private static final Map<String, String> COMPARISONS =
      Map.of(
          "<", "book.below",
          "<=", "book.at-most",
          ">", "book.above",
          ">=", "book.at-least");

  private final Glossary glossary;
  private final Amounts amounts;
  private final Language language;
  private final Map<String, String> labels;

  /**
   * @param labels name of a variable to its heading
   */
  FeelWords(Glossary glossary, Amounts amounts, Language language, Map<String, String> labels) {
    this.glossary = glossary;
    this.amounts = amounts;
    this.language = language;
    this.labels = labels;
  }

  /** What a unary test asks of its input. */
  String test(String feel) {
    return parts(feel, ',').stream().map(this::one).collect(Collectors.joining(or()));
  }

  /** What an output says; empty for nothing. */
  String result(String feel) {
    if (feel.isBlank() || feel.equals("null")) {
      return "";
    }
    List<String> parts = parts(feel, '+');
    return parts.size() > 1 && feel.contains("\"") ? sentence(parts) : value(feel);
  }

  /** A text with a value in it, as it will be put out. */
  private String sentence(List<String> parts) {
    return language.of(
        parts.stream()
            .map(
                part -> {
                  Matcher text = TEXT.matcher(part);
                  Matcher policy = STRING.matcher(part);
                  return text.matches()
                      ? text.group(1)
                      : policy.matches()
                          ? glossary
                              .value(policy.group(1))
                              .map(value -> value.value().toString())
                              .orElse(part)
                          : part;
                })
            .collect(Collectors.joining()));
  }

  private String one(String test) {
    List<String> either = parts(test.replace(" or ", " | "), '|');
    if (either.size() > 1) {
      return either.stream().map(this::one).collect(Collectors.joining(or()));
    }
    List<String> both = parts(test.replace(" and ", " & "), '&');
    if (both.size() > 1 && !test.contains("date and time")) {
      return both.stream().map(this::one).collect(Collectors.joining(language.say("book.and")));
    }
    Matcher compared = COMPARED.matcher(test);
    if (compared.matches()) {
      return language.say(COMPARISONS.get(compared.group(1)), value(compared.group(2)));
    }
    Matcher range = RANGE.matcher(test);
    if (range.matches()) {
      return language.say(
          range.group(3).equals(")") ? "book.from-below" : "book.from-to",
          value(range.group(1)),
          value(range.group(2)));
    }
    Matcher contains = CONTAINS.matcher(test);
    if (contains.matches()) {
      return language.say("book.includes", value('"' + contains.group(1) + '"'));
    }
    Matcher equals = EQUALS.matcher(test);
    if (equals.matches()) {
      String value = value(equals.group(2));
      return equals.group(1).equals("=") ? value : language.say("book.not", value);
    }
    Matcher value = POLICY_IS.matcher(test);
    if (value.matches()) {
      String name = glossary.value(value.group(1)).map(PolicyValue::name).orElse(value.group(1));
      return language.say("book.is", name, value(value.group(2)));
    }
    Matcher count = COUNT.matcher(test);
    if (count.matches()) {
      String number = count.group(2).equals("=") ? "book.exactly" : COMPARISONS.get(count.group(2));
      return language.say(
          "book.of-these", language.say(number, value(count.group(3))), listed(count.group(1)));
    }
    return apart(test);
  }

  private String listed(String texts) {
    return TEXT.matcher(texts)
        .results()
        .map(text -> said(text.group(1)))
        .collect(Collectors.joining(", "));
  }

  private String apart(String test) {
    Matcher since = SINCE.matcher(test);
    if (since.matches()) {
      return apart("book.after", since);
    }
    Matcher until = UNTIL.matcher(test);
    if (until.matches()) {
      return apart("book.before", until);
    }
    Matcher hour = HOUR.matcher(test);
    if (hour.matches()) {
      return language.say(
          "book.hour", language.say(COMPARISONS.get(hour.group(1)), value(hour.group(2))));
    }
    Matcher later = LATER.matcher(test);
    if (later.matches()) {
      String key = later.group(1).startsWith(">") ? "book.later" : "book.earlier";
      return language.say(key, label(later.group(2)));
    }
    return value(test);
  }

  private String apart(String key, Matcher found) {
    String time = language.say(COMPARISONS.get(found.group(2)), value(found.group(3)));
    return language.say(key, time, label(found.group(1)));
  }

  private String value(String feel) {
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

  private String said(String text) {
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

  private String label(String variable) {
    return labels.containsKey(variable) ? glossary.quoted(labels.get(variable)) : variable;
  }

  private String or() {
    return language.say("book.or");
  }

  /** Parts at the outermost level, not inside of quotation marks or brackets. */
  static List<String> parts(String feel, char separator) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    int depth = 0;
    for (char letter : feel.toCharArray()) {
      quoted ^= letter == '"';
      depth += !quoted && "([".indexOf(letter) >= 0 ? 1 : 0;
      depth -= !quoted && ")]".indexOf(letter) >= 0 ? 1 : 0;
      if (letter == separator && !quoted && depth == 0) {
        parts.add(part.toString().strip());
        part.setLength(0);
      } else {
        part.append(letter);
      }
    }
    parts.add(part.toString().strip());
    return parts;
  }
}
