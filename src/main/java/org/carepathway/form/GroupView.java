package org.carepathway.form;

import java.util.List;

/**
 * A group on the page.
 *
 * @param repetitions one, unless the group repeats
 * @param more how one more is added; null when none can be
 * @param enableWhen condition as JSON for the script; null for always
 */
public record GroupView(
    String linkId,
    String name,
    Wording wording,
    boolean required,
    boolean hidden,
    List<Repetition> repetitions,
    More more,
    Remarks remarks,
    String enableWhen)
    implements FormView.Node {

  /**
   * @param blank what an added repetition looks like. Its names carry {@code token} where the
   *     number of the repetition belongs
   * @param token replaced by the script when it adds a repetition
   * @param max most repetitions; null for any number
   */
  public record More(Repetition blank, String token, Integer max) {}

  /**
   * @param name unique on the page, such as {@code levels[0]}; posted, so that the server sees the
   *     repetition even when nothing is filled in. Null when the group cannot repeat
   * @param origin what is posted under that name: which pre-filled repetition it is, see {@link
   *     RowOrigin}
   */
  public record Repetition(String name, String origin, List<FormView.Node> nodes) {}

  /** The same with other fields in its one repetition. */
  GroupView with(List<FormView.Node> nodes) {
    return new GroupView(
        linkId,
        name,
        wording,
        required,
        hidden,
        List.of(new Repetition(null, null, nodes)),
        more,
        remarks,
        enableWhen);
  }

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
    return more != null;
  }
}
