package org.carepathway.chart;

import java.util.List;
import org.hl7.fhir.r4.model.CarePlan;

/**
 * One activity of a patient's plan.
 *
 * @param status code of CarePlan.activity.detail.status
 */
record Activity(String title, String status) {

  static List<Activity> of(CarePlan plan) {
    return plan.getActivity().stream()
        .map(activity -> activity.getDetail())
        .map(detail -> new Activity(detail.getCode().getText(), detail.getStatus().toCode()))
        .toList();
  }
}
