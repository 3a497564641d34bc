package org.carepathway.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carepathway.form.FormItem;
import org.carepathway.form.FormReader;
import org.hl7.fhir.r4.model.Coding;

/**
 * What FHIRPath of models, forms and templates asks of answers can be answered: {@code linkId =
 * 'route'} is a question of some form, and {@code .answer.value.code = 'STANDARD'} one of its
 * options.
 */
final class AnswersCheck {

  private static final Pattern QUESTION = Pattern.compile("linkId ?= ?'([^']+)'");
  private static final Pattern COMPARED =
      Pattern.compile(
          QUESTION + "\\)\\.answer\\.value(?:\\.code ?= ?|\\.where\\(code ?= ?)'([^']+)'");
  private static final Pattern LISTED =
      Pattern.compile(QUESTION + "\\)\\.answer\\.value\\.where\\(code in \\(([^)]+)\\)");
  private static final Pattern CODE = Pattern.compile("'([^']+)'");

  private final Map<String, String> texts;
  private final Map<String, Set<String>> options = new HashMap<>();
  private final Set<ContentProblem> problems = new LinkedHashSet<>();

  /**
   * @param texts all that has FHIRPath, by file
   */
  AnswersCheck(Map<String, String> texts, PathwayContent content, FormReader reader) {
    this.texts = texts;
    content.forms().values().forEach(form -> know(reader.read(form).items()));
  }

  List<ContentProblem> problems() {
    texts.forEach(this::check);
    return new ArrayList<>(problems);
  }

  private void know(List<FormItem> items) {
    for (FormItem item : items) {
      options
          .computeIfAbsent(item.linkId(), any -> new HashSet<>())
          .addAll(item.options().stream().map(Coding::getCode).collect(Collectors.toSet()));
      know(item.items());
    }
  }

  private void check(String file, String text) {
    QUESTION.matcher(text).results().forEach(found -> question(file, found.group(1)));
    COMPARED.matcher(text).results().forEach(found -> code(file, found.group(1), found.group(2)));
    Matcher listed = LISTED.matcher(text);
    while (listed.find()) {
      String question = listed.group(1);
      CODE.matcher(listed.group(2)).results().forEach(one -> code(file, question, one.group(1)));
    }
  }

  private void question(String file, String linkId) {
    if (!options.containsKey(linkId)) {
      add(file, linkId, "is asked for, and is in no form.", "Use the linkId of an item.");
    }
  }

  private void code(String file, String linkId, String code) {
    Set<String> known = options.getOrDefault(linkId, Set.of());
    if (!known.isEmpty() && !known.contains(code)) {
      add(
          file,
          linkId,
          "is compared with '%s', which is no answer to it.".formatted(code),
          "Take one of its options.");
    }
  }

  private void add(String file, String linkId, String problem, String remedy) {
    problems.add(new ContentProblem(file, linkId, problem, remedy));
  }
}
