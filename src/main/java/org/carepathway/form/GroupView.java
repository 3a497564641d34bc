package org.carepathway.form;

import java.util.List;

/**
 * A group on the page.
 *
 * @param repetitions one, unless the group repeats
 * @param blank what an added repetition looks like; null when none can be added. Its names carry
 *     {@code token} where the number of the repetition belongs
 * @param token replaced by the script when it adds a repetition; null with blank
 * @param max most repetitions; null for any number
 * @param enableWhen condition as JSON for the script; null for always
 */
public record GroupView(
    String linkId,
    String name,
    String label,
    String help,
    boolean required,
    List<Repetition> repetitions,
    Repetition blank,
    String token,
    Integer max,
    boolean hidden,
    List<String> errors,
    List<String> warnings,
    String enableWhen)
    implements FormView.Node {

  /**
   * @param name unique on the page, such as {@code levels[0]}; posted, so that the server sees the
   *     repetition even when nothing is filled in. Null when the group cannot repeat
   * @param origin what is posted under that name: which pre-filled repetition it is, see {@link
   *     RowOrigin}
   */
  public record Repetition(String name, String origin, List<FormView.Node> nodes) {}

  @Override
  public String kind() {
    return "group";
  }

  public String id() {
    return FieldView.idOf(name);
  }

  public String helpId() {
    return id() + "-help";
  }

  public boolean repeats() {
    return blank != null;
  }
}
