package org.carepathway.content;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.engine.model.ProcessModel.UserTaskModel;
import org.carepathway.engine.model.RuleTable;
import org.carepathway.engine.model.TableTexts;
import org.carepathway.form.Form;
import org.carepathway.template.ResourceTemplate;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.ActionParticipantType;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;

/**
 * The content of one version of a pathway.
 *
 * @param key the pathway: its folder, main process id and PlanDefinition id
 * @param version of the PlanDefinition and of every process
 * @param plan its PlanDefinition
 * @param models file name to BPMN or DMN text
 * @param policy the values that a hospital may set otherwise, as they are set here
 * @param forms form key ({@code id|version}) to Questionnaire
 * @param templates name to resource template
 * @param texts {@code name.language} to text for the patient, in Markdown
 * @param kinds what tells of which kind drugs and allergens are
 * @param cards what it has to say in an EHR
 * @param sent what the hospital's systems receive
 * @param waiting when the clock of its patients' wait runs
 * @param reading what forms, templates and models were read into
 */
public record PathwayContent(
    String key,
    String version,
    PlanDefinition plan,
    Map<String, String> models,
    Policy policy,
    Map<String, Questionnaire> forms,
    Map<String, Resource> templates,
    Map<String, String> texts,
    List<ConceptMap> kinds,
    Cards cards,
    SentTable sent,
    WaitingTable waiting,
    Reading reading) {

  /** The canonical of the PlanDefinition with its version. */
  public String canonical() {
    return plan.getUrl() + '|' + version;
  }

  /** The pathway that it inherits from; empty when it stands alone. */
  public Optional<Inheritance> inherits() {
    return Inheritance.of(plan);
  }

  /** How urgent its patients are; empty when it does not say. */
  public Optional<Urgency> urgency() {
    return Urgency.of(plan);
  }

  /** How its patients are written to; empty where they are not. */
  public Optional<PatientContact> patientContact() {
    return PatientContact.of(plan);
  }

  /** Whether the patient may do a task by answering its form: a participant of its action. */
  public boolean isAnsweredByPatient(String element) {
    return activities().stream()
        .filter(action -> element.equals(action.getId()))
        .flatMap(action -> action.getParticipant().stream())
        .anyMatch(participant -> participant.getType() == ActionParticipantType.PATIENT);
  }

  /** The versions that its models may have: its own, and that of what it inherits. */
  Set<String> versions() {
    return Stream.concat(
            Stream.of(version), Inheritance.of(plan).map(Inheritance::version).stream())
        .collect(Collectors.toSet());
  }

  /**
   * @param formKey {@code id|version}
   * @throws IllegalArgumentException when the pathway has no such form
   */
  public Questionnaire questionnaire(String formKey) {
    return Optional.ofNullable(forms.get(formKey))
        .orElseThrow(
            () -> new IllegalArgumentException("%s has no form %s".formatted(key, formKey)));
  }

  /** As {@link #questionnaire}, read. */
  public Form form(String formKey) {
    return reading.form(questionnaire(formKey));
  }

  /** The form that answers were given to; empty where the pathway has no such form. */
  public Optional<Form> formOf(QuestionnaireResponse answers) {
    return forms.values().stream()
        .filter(form -> Reading.canonical(form).equals(answers.getQuestionnaire()))
        .findFirst()
        .map(reading::form);
  }

  /** A template to fill. */
  public ResourceTemplate template(String name) {
    return Optional.ofNullable(templates.get(name))
        .map(template -> reading.template(name, template))
        .orElseThrow(
            () -> new IllegalArgumentException("%s has no template %s".formatted(key, name)));
  }

  /** Its processes as they are drawn. */
  public List<Diagram> diagrams() {
    return reading.diagrams();
  }

  /** Its processes, with what their steps read and write. */
  public List<ProcessModel> processes() {
    return reading.processes();
  }

  /** The visit of the patient that a task is part of; empty where it is done by itself. */
  public Optional<String> visit(String element) {
    return processes().stream()
        .flatMap(process -> process.tasks().stream())
        .filter(task -> task.id().equals(element))
        .findFirst()
        .flatMap(UserTaskModel::visit);
  }

  /** Its decision tables as they are written. */
  public List<RuleTable> rules() {
    return reading.rules();
  }

  public Optional<Diagram> diagram(String process) {
    return diagrams().stream().filter(diagram -> diagram.processId().equals(process)).findFirst();
  }

  /** What its decision tables say about themselves. */
  public TableTexts tables() {
    return reading.tables();
  }

  /** The actions of the plan that are a person's task: one activity of the CarePlan each. */
  public Collection<PlanDefinitionActionComponent> activities() {
    return actions()
        .filter(PlanDefinitionActionComponent::hasDefinitionCanonicalType)
        .filter(action -> !action.hasTrigger() || AddedStep.isOne(action))
        .toList();
  }

  /** The canonicals, without version, of the forms that people fill in. */
  Set<String> filledIn() {
    return actions()
        .filter(PlanDefinitionActionComponent::hasDefinitionCanonicalType)
        .map(action -> action.getDefinitionCanonicalType().getValue().split("\\|")[0])
        .collect(Collectors.toSet());
  }

  /** What can happen at any time while a pathway is open. */
  public List<PathwayEvent> events() {
    return actions()
        .filter(action -> !AddedStep.isOne(action))
        .flatMap(action -> PathwayEvent.of(action).stream())
        .toList();
  }

  /** The steps that people may add to the plan of a patient. */
  public List<AddedStep> addedSteps() {
    return actions().flatMap(action -> AddedStep.of(action).stream()).toList();
  }

  /** The codes of a referral that start the pathway. */
  public List<Coding> triggers() {
    return plan.getAction().stream()
        .flatMap(action -> action.getTrigger().stream())
        .flatMap(trigger -> trigger.getData().stream())
        .filter(data -> "ServiceRequest".equals(data.getType()))
        .flatMap(data -> data.getCodeFilter().stream())
        .filter(filter -> "code".equals(filter.getPath()))
        .flatMap(filter -> filter.getCode().stream())
        .toList();
  }

  /** The profiles that a referral to this pathway must keep to. */
  public String[] referralProfiles() {
    return plan.getAction().stream()
        .flatMap(action -> action.getTrigger().stream())
        .flatMap(trigger -> trigger.getData().stream())
        .flatMap(data -> data.getProfile().stream())
        .map(CanonicalType::getValue)
        .toArray(String[]::new);
  }

  private Stream<PlanDefinitionActionComponent> actions() {
    return plan.getAction().stream().flatMap(PathwayContent::withChildren);
  }

  private static Stream<PlanDefinitionActionComponent> withChildren(
      PlanDefinitionActionComponent action) {
    return Stream.concat(
        Stream.of(action), action.getAction().stream().flatMap(PathwayContent::withChildren));
  }
}
