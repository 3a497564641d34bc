package org.carepathway.rehearsal;

import java.nio.file.Files;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carepathway.outreach.OutreachStage.Left;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.WorkItem.Status;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;

/** What must hold of a patient's year, read from the record, the worklist and what has left. */
final class YearRules {

  private static final LocalTime WRITTEN_FROM = LocalTime.of(9, 0);
  private static final LocalTime WRITTEN_TO = LocalTime.of(20, 0);

  private final YearScene scene;
  private final YearPatient patient;

  YearRules(YearScene scene, YearPatient patient) {
    this.scene = scene;
    this.patient = patient;
  }

  void judge() {
    List<Left> left = scene.outreach.left();
    Set<String> said = new HashSet<>();
    for (Left each : left) {
      scene.count("messages: %s by %s".formatted(each.purpose(), each.channel()));
      if (!each.purpose().equals("alarm")) {
        judge(each, said);
      }
    }
    judgeLetters();
    scene.figures.count("messages: not taken, or came back", scene.outreach.lost());
    List<WorkItem> contacts =
        scene.stage.worklist.ofPathway(scene.journey.pathwayId()).stream()
            .filter(item -> item.element().startsWith("ContactAt"))
            .toList();
    contacts.forEach(this::judge);
    judgeEnd(contacts);
  }

  private void judgeLetters() {
    List<UUID> letters = scene.outreach.letters();
    scene.figures.count("messages: letters printed as PDF", letters.size());
    letters.stream()
        .filter(id -> !Files.isRegularFile(YearOfPatients.letters().resolve(id + ".pdf")))
        .forEach(id -> scene.fault("a letter that is nowhere: " + id));
    if (patient.isByLetter() && letters.isEmpty() && patient.died() == null) {
      scene.fault("no letter to a patient who has nothing else");
    }
  }

  private void judge(Left left, Set<String> said) {
    if (!said.add(left.about() + '#' + left.rung())) {
      scene.fault("two messages of one window and rung: " + left);
    }
    if (patient.died() != null && left.at().isAfter(patient.died())) {
      scene.fault("a message after death: " + left);
    }
    LocalTime at = left.at().atZone(scene.stage.clock.getZone()).toLocalTime();
    if (at.isBefore(WRITTEN_FROM) || !at.isBefore(WRITTEN_TO)) {
      scene.fault("a message in quiet hours: " + left);
    }
  }

  private void judge(WorkItem contact) {
    if (contact.isOpen()) {
      scene.fault(contact.element() + " is open after the year");
    } else if (contact.status() == Status.CANCELLED) {
      boolean reason = task(contact).filter(task -> task.hasStatusReason()).isPresent();
      scene.count("contact: left out, with a reason");
      if (!reason) {
        scene.fault(contact.element() + " was left out without a reason");
      }
    } else if (!contact.endedAt().isAfter(contact.dueAt())) {
      scene.count("contact: in its window");
    } else {
      scene.count("contact: late, with a reason");
      scene.count("  late: %s, %s".formatted(contact.element(), cause(contact)));
      if (answers(contact).stream().noneMatch(YearRules::saysWhyLate)) {
        scene.fault(contact.element() + " was late without a reason");
      }
    }
    boolean byPatient =
        answers(contact).stream()
            .anyMatch(
                each ->
                    each.getAuthor().getReferenceElement().hasResourceType()
                        && each.getAuthor()
                            .getReferenceElement()
                            .getResourceType()
                            .equals("Patient"));
    if (patient.isSilent() && byPatient) {
      scene.fault(contact.element() + " was answered by a silent patient");
    }
  }

  private String cause(WorkItem contact) {
    if (scene.forgotten.contains(contact.id())) {
      return "forgotten for 8 days";
    }
    return scene.openingHours(contact.createdAt(), contact.dueAt()).isZero()
        ? "no opening hours in its window"
        : "for another reason";
  }

  /** Nothing is left hanging, no planned contact is missing, and who is not reached is told of. */
  private void judgeEnd(List<WorkItem> contacts) {
    if (scene.isActive()) {
      scene.fault("the pathway is open after the year: " + open());
      return;
    }
    String outcome = String.valueOf(scene.journey.pathway().outcome());
    scene.count("pathways ended: " + outcome);
    if (patient.died() != null) {
      return;
    }
    Set<String> came = contacts.stream().map(WorkItem::element).collect(Collectors.toSet());
    scene.journey.view().carePlan().getActivity().stream()
        .map(activity -> activity.getDetail())
        .filter(detail -> detail.hasScheduledPeriod())
        .filter(detail -> code(detail).startsWith("ContactAt") && !came.contains(code(detail)))
        .forEach(detail -> judgeMissing(detail, outcome));
    long letters =
        scene.journey.record().stream()
            .filter(CommunicationRequest.class::isInstance)
            .map(CommunicationRequest.class::cast)
            .filter(each -> each.getReasonCodeFirstRep().getText() != null)
            .filter(each -> each.getReasonCodeFirstRep().getText().equals("Patient not reached"))
            .count();
    if (!patient.isReachable() && letters == 0) {
      scene.fault("nobody was told of a patient who is never reached");
    }
    scene.figures.count("letters to the referrer: patient not reached", (int) letters);
  }

  /** A contact that was planned and never came up, since the pathway has ended before. */
  private void judgeMissing(CarePlanActivityDetailComponent detail, String outcome) {
    scene.count("contact: not come up, pathway ended: " + outcome);
    if (detail.getStatus() != CarePlanActivityStatus.CANCELLED) {
      scene.fault(
          "%s was planned, is %s and never came up; the pathway ended: %s"
              .formatted(code(detail), detail.getStatus(), outcome));
    }
  }

  private static String code(CarePlanActivityDetailComponent detail) {
    return detail.getCode().getCodingFirstRep().getCode();
  }

  private List<String> open() {
    return scene.journey.open().stream().map(WorkItem::element).toList();
  }

  private Optional<Task> task(WorkItem item) {
    return scene.journey.record().stream()
        .filter(Task.class::isInstance)
        .map(Task.class::cast)
        .filter(task -> task.getIdElement().getIdPart().equals(item.id().toString()))
        .findFirst();
  }

  private List<QuestionnaireResponse> answers(WorkItem item) {
    Set<String> ids =
        task(item).stream()
            .flatMap(task -> task.getOutput().stream())
            .map(output -> output.getValue())
            .filter(Reference.class::isInstance)
            .map(value -> ((Reference) value).getReferenceElement().getIdPart())
            .collect(Collectors.toSet());
    return scene.journey.record().stream()
        .filter(QuestionnaireResponse.class::isInstance)
        .map(QuestionnaireResponse.class::cast)
        .filter(each -> ids.contains(each.getIdElement().getIdPart()))
        .toList();
  }

  private static boolean saysWhyLate(QuestionnaireResponse answers) {
    return answers.getItem().stream().anyMatch(YearRules::isLateReason);
  }

  private static boolean isLateReason(
      QuestionnaireResponse.QuestionnaireResponseItemComponent item) {
    return item.getLinkId().equals("late-reason") && item.hasAnswer()
        || item.getItem().stream().anyMatch(YearRules::isLateReason);
  }
}
