package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;

/**
 * One question on the page.
 *
 * @param name unique on the page: the linkId, with the repetitions around it ({@code
 *     levels[0].level}); the unit of a quantity is posted as {@code name@unit}, the free text of an
 *     open choice as {@code name@other}, what was read as {@code name@seen}
 * @param kind {@code number, date, datetime, text, textarea, radio, scale, select, checkboxes,
 *     quantity, attachment, together} (one choice for several questions), {@code fixed} (read-only)
 *     or {@code hidden}
 * @param required for the mark and for assistive technology
 * @param enforced whether the browser may insist; not where the field may turn out not to be asked
 * @param enableWhen condition as JSON for the script; null for always
 */
public record FieldView(
    String linkId,
    String name,
    String kind,
    Wording wording,
    boolean required,
    boolean enforced,
    Answer answer,
    Choices choices,
    FieldBounds bounds,
    Remarks remarks,
    String enableWhen)
    implements FormView.Node {

  /**
   * What is answered now.
   *
   * @param value what an input holds
   * @param unit shown beside a number; null for none
   * @param shown the answers as text, for reading
   * @param values the answers as the script compares them, as JSON; null where it reads the inputs
   * @param source where the answer was read from, in words; null where it was not
   * @param follows linkIds of the questions that it follows from, with blanks between; null where
   *     it is not computed
   */
  public record Answer(
      String value, String unit, String shown, String values, String source, String follows) {}

  /**
   * What can be chosen.
   *
   * @param other free text of an open choice; null for other kinds
   * @param all whether one button ticks all of them
   * @param spine whether they are drawn one below the other, as vertebrae
   * @param together what it answers for other questions, as JSON of linkId to input; null for none
   */
  public record Choices(
      List<Option> options,
      List<Option> units,
      String other,
      boolean all,
      boolean spine,
      String together) {}

  /** One choice; {@code value} is what is posted. */
  public record Option(
      String id, String value, String code, String system, String label, boolean selected) {}

  /** Id of the input, or of the set of inputs. */
  public String id() {
    return idOf(name);
  }

  public String helpId() {
    return id() + "-help";
  }

  public String sourceId() {
    return id() + "-source";
  }

  public String computedId() {
    return id() + "-computed";
  }

  public String messagesId() {
    return id() + "-messages";
  }

  /** Ids of what explains the field, for aria-describedby; null for none. */
  public String describedBy() {
    List<String> ids = new ArrayList<>();
    if (wording.help() != null) {
      ids.add(helpId());
    }
    if (answer.source() != null) {
      ids.add(sourceId());
    }
    if (answer.follows() != null) {
      ids.add(computedId());
    }
    if (!remarks.isEmpty()) {
      ids.add(messagesId());
    }
    return ids.isEmpty() ? null : String.join(" ", ids);
  }

  public boolean invalid() {
    return !remarks.errors().isEmpty();
  }

  /** Whether it is a set of inputs and so needs a legend rather than a label. */
  public boolean several() {
    return kind.equals("radio") || kind.equals("scale") || kind.equals("checkboxes");
  }

  static String idOf(String name) {
    return "f-" + name.replaceAll("[^A-Za-z0-9_-]", "-");
  }
}
