package org.carepathway.patient;

import java.util.Optional;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.Submissions;
import org.carepathway.pathway.OpenPathway;
import org.springframework.stereotype.Component;

/**
 * What the patient page shows of a record. The content says it by two forms, which nobody fills in:
 * their pre-filled answers are what is shown. Each is empty where the pathway's content says
 * nothing about it.
 */
@Component
public class Overview {

  private static final String TOP = "patient-page|";
  private static final String MEASURES = "patient-measures|";

  private final Submissions submissions;

  Overview(Submissions submissions) {
    this.submissions = submissions;
  }

  /** What stands on top of each page about the patient. */
  public Optional<Prefilled> top(OpenPathway open) {
    return shown(open, TOP);
  }

  /** What was measured. */
  public Optional<Prefilled> measures(OpenPathway open) {
    return shown(open, MEASURES);
  }

  private Optional<Prefilled> shown(OpenPathway open, String form) {
    return open.content().forms().keySet().stream()
        .filter(key -> key.startsWith(form))
        .findFirst()
        .map(key -> submissions.prefilled(Enquiry.of(open, key, "PatientPage")));
  }
}
