package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/** An occurrence and where it stands, such as {@code QuestionnaireResponse.item[2].item[0]}. */
record Place(QuestionnaireResponseItemComponent item, String path) {

  static final String ROOT = "QuestionnaireResponse";

  /** The places of an item among the occurrences of the group that stands at the path. */
  static List<Place> of(
      FormItem item, List<QuestionnaireResponseItemComponent> given, String path) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      if (item.linkId().equals(given.get(i).getLinkId())) {
        places.add(new Place(given.get(i), at(path, i)));
      }
    }
    return places;
  }

  static String at(String path, int index) {
    return path + ".item[" + index + "]";
  }

  boolean isAnswered() {
    return Answers.isAnswered(item);
  }
}
