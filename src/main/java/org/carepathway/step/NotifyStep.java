package org.carepathway.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.document.Documents;
import org.carepathway.document.Wording;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.StepInput.Kind;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.CommunicationRequest.CommunicationRequestStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Asks for a message to be sent: a CommunicationRequest from the template in the input {@code
 * template}, to whom the input {@code to} names: {@code patient}, {@code referrer} or a role. With
 * the input {@code letter} it is kept as a document too, with {@code copies} it goes to the
 * patient's own doctors as well; {@code sheet} names a template of what the patient takes home,
 * {@code texts} the texts that go with it. It is in the language of the patient, or of the site
 * where it goes to others. Nothing leaves within the step; delivery is not part of a step's
 * transaction.
 */
@Component
class NotifyStep implements Step {

  private final Pathways pathways;
  private final Templates templates;
  private final Documents documents;
  private final Wording wording;
  private final Recipients recipients;
  private final Records records;

  NotifyStep(
      Pathways pathways,
      Templates templates,
      Documents documents,
      Wording wording,
      Recipients recipients,
      Records records) {
    this.pathways = pathways;
    this.templates = templates;
    this.documents = documents;
    this.wording = wording;
    this.recipients = recipients;
    this.records = records;
  }

  @Override
  public String name() {
    return "notify";
  }

  @Override
  public List<StepInput> inputs() {
    return List.of(
        StepInput.needed("template", Kind.TEMPLATE).of(CommunicationRequest.class),
        StepInput.needed("to", Kind.RECIPIENT),
        StepInput.optional("letter", Kind.VALUE),
        StepInput.optional("copies", Kind.VALUE),
        StepInput.optional("sheet", Kind.TEMPLATE).of(CommunicationRequest.class),
        StepInput.optional("texts", Kind.TEXT));
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    OpenPathway open = pathways.open(call.pathwayId());
    boolean letter = call.optionalInput("letter").isPresent();
    for (Resource resource : templates.fill(call, open)) {
      CommunicationRequest message = message(call, open, resource, call.input("to"));
      if (call.optionalInput("copies").isPresent()) {
        recipients.ownDoctors(open, message.getRecipientFirstRep()).forEach(message::addRecipient);
      }
      if (letter) {
        documents.keep(open, call.element(), message, List.of());
      }
    }
    call.optionalInput("sheet").ifPresent(sheet -> giveSheet(call, open, sheet));
    return Map.of();
  }

  /** What the patient takes home, on paper: a message to the patient with texts. */
  private void giveSheet(StepCall call, OpenPathway open, String sheet) {
    List<String> texts =
        call.optionalInput("texts").map(names -> List.of(names.split("\\s+"))).orElse(List.of());
    for (Resource resource : templates.fill(call, open, sheet)) {
      CommunicationRequest message = message(call, open, resource, Recipients.PATIENT);
      message.setStatus(CommunicationRequestStatus.COMPLETED);
      documents.keep(open, call.element(), message, texts);
    }
  }

  private CommunicationRequest message(
      StepCall call, OpenPathway open, Resource resource, String to) {
    CommunicationRequest message = (CommunicationRequest) resource;
    message.addRecipient(recipients.of(open, to));
    sender().ifPresent(message::setSender);
    wording.put(
        message, Recipients.PATIENT.equals(to) ? wording.of(open.patient()) : wording.ofSite());
    open.record().write(call.element(), message);
    return message;
  }

  /** The person whose act has led to it; nobody where time did, the patient or another system. */
  private Optional<Reference> sender() {
    Trigger trigger = records.trigger();
    Agent agent = trigger.agent();
    boolean isPerson =
        trigger.changed() == null
            && !agent.isPatient()
            && !agent.name().equals(Agent.SERVICE.name());
    return isPerson ? Optional.of(agent.reference()) : Optional.empty();
  }
}
