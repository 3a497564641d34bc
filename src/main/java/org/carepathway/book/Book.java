package org.carepathway.book;

import java.util.List;
import java.util.stream.Stream;
import org.carepathway.content.PolicyValue;
import org.carepathway.engine.model.Drawing;

/**
 * A pathway in words, in the language of a reader.
 *
 * @param inherits the title of the pathway that it inherits from; null for none
 * @param stages the main process and those that it calls, in the order of a patient's way
 * @param forms those that no stage uses: of events that can happen at any time, of other pages
 * @param decisions those that no stage uses
 * @param messages what is written, by template: letters, orders, appointments
 * @param stories the scenarios; empty where they are not kept with this version
 */
public record Book(
    String key,
    String version,
    String title,
    String about,
    String inherits,
    List<Stage> stages,
    List<Event> events,
    List<FormPart> forms,
    List<DecisionPart> decisions,
    List<Value> values,
    List<Written> messages,
    List<Story> stories) {

  /**
   * @param id {@code main} for the main process, so that heirs can be compared
   * @param forms first asked here
   * @param decisions first made here
   */
  public record Stage(
      String id,
      String name,
      String about,
      Drawing drawing,
      List<Step> steps,
      List<FormPart> forms,
      List<DecisionPart> decisions) {}

  /**
   * @param who the role; empty where the service does it
   * @param does what is done, in words
   * @param form id of the form; null for none
   * @param inside what a computer reads of it, to compare
   */
  public record Step(
      String id, String name, String who, String does, String form, boolean shown, String inside) {}

  /** What people may report or add at any time. */
  public record Event(String message, String title, String who, String form, boolean ends) {}

  public record FormPart(
      String id,
      String title,
      List<Question> questions,
      List<RuleText> rules,
      List<String> recorded) {

    /** Whether more than the service's own answers are asked. */
    public long asked() {
      return questions.stream().filter(question -> question.kind() == Question.Kind.ASKED).count();
    }
  }

  /**
   * @param depth of groups around it
   * @param limits bounds, units, length
   * @param when it is asked; empty for always
   * @param from where the first answer comes from
   * @param recorded resource type and code
   * @param inside its FHIRPath, to compare
   */
  public record Question(
      String id,
      Kind kind,
      int depth,
      String text,
      String help,
      String answer,
      List<String> options,
      List<String> limits,
      boolean required,
      String when,
      List<String> from,
      List<String> recorded,
      List<RuleText> rules,
      String inside) {

    public enum Kind {
      GROUP,
      TEXT,
      ASKED,
      SHOWN,
      HIDDEN
    }
  }

  /**
   * @param warning whether it can be confirmed
   */
  public record RuleText(String key, boolean warning, String text, String inside) {}

  /**
   * @param way how the rules count: all that fit, or the first
   */
  public record DecisionPart(
      String id,
      String name,
      String question,
      String way,
      List<String> sources,
      List<String> looksAt,
      List<Rule> rules) {}

  /**
   * @param findings what must hold, only of what the rule looks at
   * @param results what comes out
   */
  public record Rule(
      String id,
      String text,
      String source,
      String evidence,
      List<String> findings,
      List<String> results,
      String inside) {}

  /**
   * @param value what is set here
   * @param delivered what the content delivers
   * @param bounds within which it may be set
   */
  public record Value(
      PolicyValue of, String meaning, String value, String delivered, String bounds) {}

  /** A template. */
  public record Written(String name, String what, List<String> texts, String inside) {}

  /**
   * @param begins name of the story that it begins like; null for none
   * @param course what happens
   * @param then what must be true in the end
   */
  public record Story(
      String id, String name, String text, String begins, List<String> course, List<String> then) {}

  /** All forms, in the order of the book. */
  public List<FormPart> allForms() {
    return Stream.concat(stages.stream().flatMap(stage -> stage.forms().stream()), forms.stream())
        .toList();
  }

  /** All decisions, in the order of the book. */
  public List<DecisionPart> allDecisions() {
    return Stream.concat(
            stages.stream().flatMap(stage -> stage.decisions().stream()), decisions.stream())
        .toList();
  }
}
