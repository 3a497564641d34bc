package org.carepathway.book;

import java.util.List;
import java.util.Map;
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
  private static final Pattern LATER_DAY =
      Pattern.compile("date\\(date and time\\(\\?\\)\\) > date\\(date and time\\((\\w+)\\)\\)");
  private static final Pattern POLICY_IS = Pattern.compile("policy\\.(\\w+) = (true|false)");
  private static final Pattern COUNT =
      Pattern.compile("count\\(\\[(.+)]\\[contains\\(\\w+, item\\)]\\) (=|<=|>=|<|>) (\\d+)");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern STRING = Pattern.compile("string\\(policy\\.(\\w+)\\)");
  private static final Map<String, String> COMPARISONS =
      Map.of(
          "<", "book.below",
          "<=", "book.at-most",
          ">", "book.above",
          ">=", "book.at-least");

  private final Glossary glossary;
  private final Language language;
  private final FeelValues values;

  /**
   * @param labels name of a variable to its heading
   */
  FeelWords(Glossary glossary, Amounts amounts, Language language, Map<String, String> labels) {
    this.glossary = glossary;
    this.language = language;
    this.values = new FeelValues(glossary, amounts, language, labels);
  }

  /** What a unary test asks of its input. */
  String test(String feel) {
    return FeelParts.of(feel, ',').stream().map(this::one).collect(Collectors.joining(or()));
  }

  /** What an output says; empty for nothing. */
  String result(String feel) {
    if (feel.isBlank() || feel.equals("null")) {
      return "";
    }
    List<String> parts = FeelParts.of(feel, '+');
    return parts.size() > 1 && feel.contains("\"") ? sentence(parts) : values.of(feel);
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
    List<String> either = FeelParts.of(test.replace(" or ", " | "), '|');
    if (either.size() > 1) {
      return either.stream().map(this::one).collect(Collectors.joining(or()));
    }
    List<String> both = FeelParts.of(test.replace(" and ", " & "), '&');
    if (both.size() > 1 && !test.contains("date and time")) {
      return both.stream().map(this::one).collect(Collectors.joining(language.say("book.and")));
    }
    Matcher compared = COMPARED.matcher(test);
    if (compared.matches()) {
      return language.say(COMPARISONS.get(compared.group(1)), values.of(compared.group(2)));
    }
    Matcher range = RANGE.matcher(test);
    if (range.matches()) {
      return language.say(
          range.group(3).equals(")") ? "book.from-below" : "book.from-to",
          values.of(range.group(1)),
          values.of(range.group(2)));
    }
    Matcher contains = CONTAINS.matcher(test);
    if (contains.matches()) {
      return language.say("book.includes", values.of('"' + contains.group(1) + '"'));
    }
    Matcher equals = EQUALS.matcher(test);
    if (equals.matches()) {
      String value = values.of(equals.group(2));
      return equals.group(1).equals("=") ? value : language.say("book.not", value);
    }
    Matcher value = POLICY_IS.matcher(test);
    if (value.matches()) {
      String name = glossary.value(value.group(1)).map(PolicyValue::name).orElse(value.group(1));
      return language.say("book.is", name, values.of(value.group(2)));
    }
    Matcher count = COUNT.matcher(test);
    if (count.matches()) {
      String number = count.group(2).equals("=") ? "book.exactly" : COMPARISONS.get(count.group(2));
      return language.say(
          "book.of-these", language.say(number, values.of(count.group(3))), listed(count.group(1)));
    }
    return apart(test);
  }

  private String listed(String texts) {
    return TEXT.matcher(texts)
        .results()
        .map(text -> values.said(text.group(1)))
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
          "book.hour", language.say(COMPARISONS.get(hour.group(1)), values.of(hour.group(2))));
    }
    Matcher later = LATER.matcher(test);
    if (later.matches()) {
      String key = later.group(1).startsWith(">") ? "book.later" : "book.earlier";
      return language.say(key, values.label(later.group(2)));
    }
    Matcher day = LATER_DAY.matcher(test);
    if (day.matches()) {
      return language.say("book.later-day", values.label(day.group(1)));
    }
    return values.of(test);
  }

  private String apart(String key, Matcher found) {
    String time = language.say(COMPARISONS.get(found.group(2)), values.of(found.group(3)));
    return language.say(key, time, values.label(found.group(1)));
  }

  private String or() {
    return language.say("book.or");
  }
}
