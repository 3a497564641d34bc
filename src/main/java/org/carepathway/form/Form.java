package org.carepathway.form;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A Questionnaire that was read and found to be sound. Immutable; keep it, reading it is the
 * expensive part.
 */
public final class Form {

  /** Stands for the form itself where the linkId of a group is meant. */
  static final String ROOT = "";

  private final String url;
  private final String version;
  private final String title;
  private final List<FormItem> items;
  private final List<Constraint> constraints;
  private final List<NamedExpression> queries;
  private final Outputs outputs;
  private final Set<String> variables;
  private final Set<String> recordTypes;
  private final Locale language;
  private final UnaryOperator<String> words;
  private final Map<String, FormItem> byLinkId = new HashMap<>();
  private final Map<String, String> parents;

  Form(
      FormReader.Head head,
      List<FormItem> items,
      FormExpressions expressions,
      Map<String, String> parents) {
    this.url = head.url();
    this.version = head.version();
    this.title = head.title();
    this.constraints = head.constraints();
    this.queries = head.variables();
    this.outputs = head.outputs();
    this.items = items;
    this.variables = expressions.variables();
    this.recordTypes = expressions.recordTypes();
    this.parents = Map.copyOf(parents);
    this.language = Locale.ENGLISH;
    this.words = UnaryOperator.identity();
    index(items);
  }

  private Form(Form english, Locale language, UnaryOperator<String> words) {
    this.url = english.url;
    this.version = english.version;
    this.title = words.apply(english.title);
    this.constraints = english.constraints;
    this.queries = english.queries;
    this.outputs = english.outputs;
    this.items = english.items.stream().map(item -> item.in(words)).toList();
    this.variables = english.variables;
    this.recordTypes = english.recordTypes;
    this.parents = english.parents;
    this.language = language;
    this.words = words;
    index(items);
  }

  /**
   * The form as a reader of another language sees it, to show only: answers are read and checked
   * with the form itself, so that what is kept does not depend on who entered it.
   *
   * @param words a text in that language; the same text where there is none
   */
  public Form in(Locale language, UnaryOperator<String> words) {
    return new Form(this, language, words);
  }

  /**
   * The form as a patient answers it without staff, to read and to show. Answers are checked with
   * the form itself.
   */
  public PatientForm toPatient() {
    return new PatientForm(
        this, new Form(this, items.stream().map(i -> i.toPatient(false)).toList()));
  }

  private Form(Form same, List<FormItem> items) {
    this.url = same.url;
    this.version = same.version;
    this.title = same.title;
    this.constraints = same.constraints;
    this.queries = same.queries;
    this.outputs = same.outputs;
    this.items = items;
    this.variables = same.variables;
    this.recordTypes = same.recordTypes;
    this.parents = same.parents;
    this.language = same.language;
    this.words = same.words;
    index(items);
  }

  Locale language() {
    return language;
  }

  /** A text of the content in the form's language. */
  String word(String english) {
    return words.apply(english);
  }

  /** What is wrong, in the form's language. */
  String said(FormIssue issue) {
    return issue.phrase() == null
        ? word(issue.message())
        : item(issue.linkId()).map(FormItem::quoted).orElse("") + " " + issue.phrase().in(language);
  }

  private void index(List<FormItem> some) {
    for (FormItem item : some) {
      byLinkId.put(item.linkId(), item);
      index(item.items());
    }
  }

  /** Last part of the canonical URL, such as {@code procedure}. */
  public String id() {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  public String url() {
    return url;
  }

  public String version() {
    return version;
  }

  /** {@code url|version}, as QuestionnaireResponse.questionnaire carries it. */
  public String canonical() {
    return url + "|" + version;
  }

  public String title() {
    return title;
  }

  public List<FormItem> items() {
    return items;
  }

  public List<Constraint> constraints() {
    return constraints;
  }

  /**
   * Whether what it checks depends on data of more than one patient. Who fills it in is no patient.
   */
  public boolean looksBeyondThePatient() {
    return queries.stream()
        .filter(NamedExpression::query)
        .map(NamedExpression::expression)
        .anyMatch(query -> !query.contains("%patient") && !query.contains("%user"));
  }

  /** The root's variables, in order; most are queries. */
  public List<NamedExpression> queries() {
    return queries;
  }

  public Outputs outputs() {
    return outputs;
  }

  public Optional<FormItem> item(String linkId) {
    return Optional.ofNullable(byLinkId.get(linkId));
  }

  /** The variables that a caller must give, without the percent sign and without the form's own. */
  public Set<String> variables() {
    return variables;
  }

  /** Resource types that the form reads from {@code %record}; see FhirPaths.recordTypes. */
  public Set<String> recordTypes() {
    return recordTypes;
  }

  /** Whether the Questionnaire has such an item, help texts included. */
  boolean knows(String linkId) {
    return parents.containsKey(linkId);
  }

  /** The groups around an item, {@link #ROOT} last. */
  Set<String> groupsAround(String linkId) {
    Set<String> around = new LinkedHashSet<>();
    for (String up = parents.get(linkId); up != null; up = parents.get(up)) {
      around.add(up);
    }
    return around;
  }
}
