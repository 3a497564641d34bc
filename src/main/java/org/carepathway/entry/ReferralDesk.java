package org.carepathway.entry;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.util.BundleBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.carepathway.answers.Files;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.document.Documents;
import org.carepathway.fhir.FeedStore;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes a referral that somebody has typed in. It is stored as one that a system sends, and so
 * starts its pathway in the same way; the files become documents of the pathway.
 */
@Component
public class ReferralDesk {

  private static final String ELEMENT = "Referral";

  private final EntryChecks checks;
  private final EnteredResources resources;
  private final PossiblePatients possible;
  private final Catalogue catalogue;
  private final PatientScope scope;
  private final FeedStore store;
  private final Pathways pathways;
  private final Documents documents;
  private final Files files;

  ReferralDesk(
      EntryChecks checks,
      EnteredResources resources,
      PossiblePatients possible,
      Catalogue catalogue,
      PatientScope scope,
      FeedStore store,
      Pathways pathways,
      Documents documents,
      Files files) {
    this.checks = checks;
    this.resources = resources;
    this.possible = possible;
    this.catalogue = catalogue;
    this.scope = scope;
    this.store = store;
    this.pathways = pathways;
    this.documents = documents;
    this.files = files;
  }

  /** The pathways that can be asked for, by their titles. */
  public List<PathwayContent> offered() {
    return catalogue.offered().stream()
        .filter(content -> !content.triggers().isEmpty())
        .sorted(Comparator.comparing(content -> content.plan().getTitle()))
        .toList();
  }

  /** The teams that the patient can be given to; empty where there is nothing to choose. */
  public List<String> teams() {
    return scope.ownTeams().size() > 1 ? List.copyOf(scope.ownTeams()) : List.of();
  }

  /** What is wrong with what was typed; empty where nothing is. */
  public List<EntryFault> faults(TypedReferral typed) {
    return checks.of(typed);
  }

  /** Who of the patients here it may be, of a referral without faults. */
  public List<PossiblePatient> possible(TypedReferral typed) {
    return possible.of(resources.patient(typed));
  }

  /** What keeps a referral from being stored that is right in itself. */
  public List<EntryFault> obstacles(TypedReferral typed, List<PossiblePatient> possible) {
    if (typed.isOfNewPatient() || possible.isEmpty()) {
      return List.of();
    }
    Optional<PossiblePatient> chosen =
        possible.stream().filter(each -> each.id().equals(typed.chosen())).findFirst();
    if (chosen.isEmpty()) {
      return List.of(EntryFault.of("chosen", "entry.fault.who"));
    }
    return chosen.get().isOn(typed.what().pathway())
        ? List.of(EntryFault.of("chosen", "entry.fault.running"))
        : List.of();
  }

  /** The pathway that the same referral has started before. */
  public Optional<Pathway> started(TypedReferral typed) {
    return pathways.ofReferral(resources.referralId(typed));
  }

  /**
   * Stores a referral without faults and obstacles.
   *
   * @return the pathway that it starts
   * @throws BaseServerResponseException (409, 422) with what to do, when the store refuses it
   *     nothing is stored then
   */
  @Transactional
  public Pathway enter(TypedReferral typed, List<PossiblePatient> possible) {
    BundleBuilder bundle = new BundleBuilder(FhirContext.forR4Cached());
    String patientId = typed.chosen();
    if (typed.isOfNewPatient() || possible.isEmpty()) {
      Patient patient = resources.patient(typed);
      patientId = patient.getIdElement().getIdPart();
      bundle.addTransactionUpdateEntry(patient);
    }
    bundle.addTransactionUpdateEntry(resources.referral(typed, patientId));
    store.ofPerson().transaction(bundle.getBundleTyped());
    Pathway pathway = started(typed).orElseThrow();
    OpenPathway open = pathways.open(pathway.id());
    List<Attachment> attached = new ArrayList<>();
    typed.files().forEach(text -> files.find(text).ifPresent(attached::add));
    for (int i = 0; i < attached.size(); i++) {
      documents.keepFile(open, ELEMENT, pathway.referralId() + "/file/" + i, attached.get(i));
      files.forget(attached.get(i));
    }
    return pathway;
  }
}
