package org.carepathway.patientlink;

import java.util.Optional;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.Submissions;
import org.carepathway.pathway.OpenPathway;
import org.springframework.stereotype.Component;

/**
 * What a patient must do, and when, before an appointment. The content says it by the form {@code
 * patient-instructions}, which nobody fills in: its pre-filled answers are what is shown, so that
 * the page follows every change.
 */
@Component
public class Instructions {

  private static final String FORM = "patient-instructions|";

  private final Submissions submissions;

  Instructions(Submissions submissions) {
    this.submissions = submissions;
  }

  /** Empty where the pathway's content says nothing about it. */
  public Optional<Prefilled> of(OpenPathway open) {
    return open.content().forms().keySet().stream()
        .filter(key -> key.startsWith(FORM))
        .findFirst()
        .map(key -> submissions.prefilled(Enquiry.of(open, key, "PatientInstructions")));
  }
}
