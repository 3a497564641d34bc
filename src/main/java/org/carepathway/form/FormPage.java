package org.carepathway.form;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.carepathway.form.GroupView.More;
import org.carepathway.form.GroupView.Repetition;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/** Builds the view of one form and one response. */
final class FormPage {

  /**
   * Where the number of a repetition belongs in the blank one; the depth tells nested ones apart.
   */
  private static final String TOKEN = "__%d__";

  private final Form form;
  private final Posted posted;
  private final FieldText text;
  private final PageIssues issues;
  private final FieldBuilder fields;

  FormPage(Form form, Posted posted, List<FormIssue> issues, ZoneId zone, Sourced sourced) {
    this.form = form;
    this.posted = posted;
    this.text = new FieldText(zone, form);
    this.issues = new PageIssues(form, issues);
    this.fields = new FieldBuilder(form, text, this.issues, posted.unreadable(), sourced);
  }

  FormView view() {
    Spot root = new Spot("", Place.ROOT, posted.response().getItem(), 0, false, false);
    List<FormView.Node> nodes = nodes(form.items(), root);
    return new FormView(form.title(), issues.rest(true), issues.rest(false), nodes);
  }

  /**
   * A place on the page.
   *
   * @param prefix of the names of inputs
   * @param path of the occurrence in the response, or of the nearest one around it
   * @param depth number of repeating groups around it
   * @param optional whether a condition or a repetition is around it
   * @param locked whether a read-only group is around it
   */
  record Spot(
      String prefix,
      String path,
      List<QuestionnaireResponseItemComponent> items,
      int depth,
      boolean optional,
      boolean locked) {

    List<Place> places(FormItem item) {
      return Place.of(item, items, path);
    }

    private Spot inside(FormItem group, Place place) {
      boolean maybe = optional || group.enableWhen() != null;
      return new Spot(
          prefix, place.path(), place.item().getItem(), depth, maybe, locked || group.isLocked());
    }

    private Spot repetition(FormItem group, Place place, Object index) {
      String name = Names.inside(Names.repetition(prefix, group, index));
      boolean fixed = locked || group.isLocked();
      return new Spot(name, place.path(), place.item().getItem(), depth + 1, true, fixed);
    }
  }

  private List<FormView.Node> nodes(List<FormItem> items, Spot spot) {
    List<FormView.Node> nodes = new ArrayList<>();
    for (FormItem item : items) {
      if (item.isGroup()) {
        nodes.add(group(item, spot));
      } else if (item.isQuestion()) {
        nodes.add(fields.field(item, spot));
      } else if (!item.hidden() && item.label() != null) {
        nodes.add(
            new FormView.Text(item.linkId(), item.label(), Conditions.json(form, item, text)));
      }
    }
    return nodes;
  }

  private GroupView group(FormItem item, Spot spot) {
    List<Repetition> repetitions =
        item.repeats() ? repetitions(item, spot) : List.of(once(item, spot));
    String own = spot.places(item).stream().findFirst().map(Place::path).orElse(null);
    return new GroupView(
        item.linkId(),
        spot.prefix() + item.linkId(),
        item.wording(),
        item.required(),
        item.hidden(),
        repetitions,
        more(item, spot),
        issues.take(item, own, spot.path()),
        Conditions.json(form, item, text));
  }

  private More more(FormItem item, Spot spot) {
    if (!item.repeats() || item.isLocked() || spot.locked()) {
      return null;
    }
    String token = TOKEN.formatted(spot.depth());
    return new More(blank(item, spot, token), token, item.limits().maxOccurs());
  }

  private Repetition once(FormItem item, Spot spot) {
    Place place =
        spot.places(item).stream()
            .findFirst()
            .orElse(new Place(new QuestionnaireResponseItemComponent(), spot.path()));
    return new Repetition(null, null, nodes(item.items(), spot.inside(item, place)));
  }

  /** Those there are; blank ones up to the fewest, and one to type into without a script. */
  private List<Repetition> repetitions(FormItem item, Spot spot) {
    List<Place> places = spot.places(item);
    List<Repetition> repetitions = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      repetitions.add(repetition(item, spot, place, i, RowOrigin.kept(place.item(), i)));
    }
    Integer min = item.limits().minOccurs();
    int fewest = item.isLocked() || spot.locked() ? 0 : Math.max(1, min == null ? 0 : min);
    for (int i = places.size(); i < fewest; i++) {
      repetitions.add(blank(item, spot, i));
    }
    return repetitions;
  }

  private Repetition blank(FormItem item, Spot spot, Object index) {
    Place nowhere = new Place(Blank.occurrence(item), spot.path() + ".blank");
    return repetition(item, spot, nowhere, index, RowOrigin.NEW);
  }

  private Repetition repetition(
      FormItem item, Spot spot, Place place, Object index, String origin) {
    return new Repetition(
        Names.repetition(spot.prefix(), item, index),
        origin,
        nodes(item.items(), spot.repetition(item, place, index)));
  }

  /** The values of a question at a spot. */
  static List<Type> values(List<Place> places) {
    return places.stream().flatMap(place -> Answers.values(place.item()).stream()).toList();
  }
}
