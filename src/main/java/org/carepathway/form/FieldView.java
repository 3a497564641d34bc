package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;

/**
 * One question on the page.
 *
 * @param name unique on the page: the linkId, with the repetitions around it ({@code
 *     levels[0].level}); the unit of a quantity is posted as {@code name@unit}, the free text of an
 *     open choice as {@code name@other}, what was read as {@code name@seen}
 * @param kind {@code number, date, datetime, text, textarea, radio, select, checkboxes, quantity,
 *     attachment, fixed} (read-only) or {@code hidden}
 * @param source where the answer was read from, in words; null where it was not
 * @param unit shown beside a number; null for none
 * @param required for the mark and for assistive technology
 * @param enforced whether the browser may insist; not where the field may turn out not to be asked
 * @param value what an input holds
 * @param shown the answers as text, for reading
 * @param values the answers as the script compares them, as JSON; null where it reads the inputs
 * @param other free text of an open choice; null for other kinds
 * @param min smallest value, in the format of the input; null for none
 * @param max largest value, in the format of the input; null for none
 * @param files what an attachment may be; null for other kinds
 * @param enableWhen condition as JSON for the script; null for always
 */
public record FieldView(
    String linkId,
    String name,
    String kind,
    String label,
    String help,
    String source,
    String unit,
    boolean required,
    boolean enforced,
    String value,
    String shown,
    String values,
    List<Option> options,
    List<Option> units,
    String other,
    String min,
    String max,
    Integer maxLength,
    FileLimits files,
    String placeholder,
    List<String> errors,
    List<String> warnings,
    String enableWhen)
    implements FormView.Node {

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

  public String messagesId() {
    return id() + "-messages";
  }

  /** Ids of what explains the field, for aria-describedby; null for none. */
  public String describedBy() {
    List<String> ids = new ArrayList<>();
    if (help != null) {
      ids.add(helpId());
    }
    if (source != null) {
      ids.add(sourceId());
    }
    if (!errors.isEmpty() || !warnings.isEmpty()) {
      ids.add(messagesId());
    }
    return ids.isEmpty() ? null : String.join(" ", ids);
  }

  public boolean invalid() {
    return !errors.isEmpty();
  }

  /** Whether it is a set of inputs and so needs a legend rather than a label. */
  public boolean several() {
    return kind.equals("radio") || kind.equals("checkboxes");
  }

  static String idOf(String name) {
    return "f-" + name.replaceAll("[^A-Za-z0-9_-]", "-");
  }
}
