package org.carepathway.patientlink;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Given;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.Submissions;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The hours in which a patient wants to hear from the hospital, changed at any time: an answer to
 * the form {@code contact-hours} of the pathway, which has one question. The newest answer holds.
 */
@Component
public class WishedHours {

  private static final String FORM = "contact-hours|";
  private static final String ELEMENT = "ContactHours";

  private final Submissions submissions;
  private final Pathways pathways;
  private final Records records;
  private final CurrentUser user;

  WishedHours(Submissions submissions, Pathways pathways, Records records, CurrentUser user) {
    this.submissions = submissions;
    this.pathways = pathways;
    this.records = records;
    this.user = user;
  }

  /** The question with what was named last; empty where the pathway does not ask. */
  public Optional<Prefilled> of(OpenPathway open) {
    return form(open).map(key -> submissions.prefilled(Enquiry.of(open, key, ELEMENT)));
  }

  /** Codes of what was named last; empty for any hour. */
  public static Set<String> named(Prefilled asked) {
    return asked.answers().getItem().stream()
        .flatMap(item -> item.getAnswer().stream())
        .map(answer -> answer.getValueCoding().getCode())
        .collect(Collectors.toSet());
  }

  /**
   * Keeps a change, as whoever acts; what is as before is not kept again, and an ended pathway
   * keeps nothing.
   *
   * @param wanted codes of the options; others are passed over
   */
  @Transactional
  public void keep(UUID pathwayId, Set<String> wanted) {
    OpenPathway open = pathways.open(pathwayId);
    Optional<Prefilled> asked = of(open);
    if (asked.isEmpty() || !open.pathway().isActive() || named(asked.get()).equals(wanted)) {
      return;
    }
    String trigger = "hours/" + UUID.randomUUID();
    records.triggeredBy(new Trigger(trigger, user.agent()));
    submissions.submit(
        Enquiry.of(open, form(open).orElseThrow(), ELEMENT),
        trigger,
        Given.of(answers(asked.get(), wanted), true));
  }

  private static Optional<String> form(OpenPathway open) {
    return open.content().forms().keySet().stream().filter(key -> key.startsWith(FORM)).findFirst();
  }

  private static QuestionnaireResponse answers(Prefilled asked, Set<String> wanted) {
    List<Coding> named =
        asked.form().items().get(0).options().stream()
            .filter(option -> wanted.contains(option.getCode()))
            .toList();
    QuestionnaireResponse answers =
        new QuestionnaireResponse()
            .setQuestionnaire(asked.form().canonical())
            .setStatus(QuestionnaireResponseStatus.COMPLETED);
    if (!named.isEmpty()) {
      QuestionnaireResponseItemComponent item =
          answers.addItem().setLinkId(asked.form().items().get(0).linkId());
      named.forEach(option -> item.addAnswer().setValue(option));
    }
    return answers;
  }
}
