package org.carepathway.patient;

import java.util.Optional;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.Submissions;
import org.carepathway.pathway.OpenPathway;
import org.springframework.stereotype.Component;

/**
 * What the patient page shows of a record. The content says it by the form {@code patient-page},
 * which nobody fills in: its pre-filled answers are what is shown.
 */
@Component
public class Overview {

  private static final String FORM = "patient-page|";

  private final Submissions submissions;

  Overview(Submissions submissions) {
    this.submissions = submissions;
  }

  /** Empty where the pathway's content says nothing about the page. */
  public Optional<Prefilled> of(OpenPathway open) {
    return open.content().forms().keySet().stream()
        .filter(key -> key.startsWith(FORM))
        .findFirst()
        .map(key -> submissions.prefilled(Enquiry.of(open, key, "PatientPage")));
  }
}
