package org.carepathway.worklist.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;

/**
 * A stage of the pathway with its activities, as the plan groups them.
 *
 * @param title of the stage
 * @param activities of the patient's CarePlan
 */
record Stage(String title, List<Activity> activities) {

  /**
   * @param status code of CarePlan.activity.detail.status
   */
  record Activity(String title, String status) {}

  static List<Stage> of(OpenPathway open) {
    Map<String, Activity> activities =
        open.carePlan().getActivity().stream()
            .map(activity -> activity.getDetail())
            .collect(Collectors.toMap(Stage::code, Stage::activity, (first, again) -> again));
    return open.content().plan().getAction().stream()
        .map(
            action ->
                new Stage(
                    action.getTitle(),
                    elements(action).filter(activities::containsKey).map(activities::get).toList()))
        .filter(stage -> !stage.activities().isEmpty())
        .toList();
  }

  private static Stream<String> elements(PlanDefinitionActionComponent action) {
    return Stream.concat(
        Stream.of(action.getId()), action.getAction().stream().flatMap(Stage::elements));
  }

  private static String code(CarePlanActivityDetailComponent detail) {
    return detail.getCode().getCodingFirstRep().getCode();
  }

  private static Activity activity(CarePlanActivityDetailComponent detail) {
    return new Activity(detail.getCode().getText(), detail.getStatus().toCode());
  }
}
