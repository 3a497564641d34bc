package org.carepathway.fact;

import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** Reads the facts out of what a record holds. */
public final class Facts {

  private static final Comparator<Date> NEWEST = Comparator.nullsLast(Comparator.reverseOrder());

  private Facts() {}

  /**
   * Whether a resource of a pathway's own record counts: not one that was entered in error, was
   * refuted, is an allergy no longer, or says that something must not be done.
   */
  public static boolean counts(Resource resource) {
    return Status.isRight(resource)
        && (!(resource instanceof AllergyIntolerance) || Status.isCurrent(resource));
  }

  /**
   * What is on file now, as copies: only what counts, each thing with a name, each result at the
   * time it was found and the newest first. Results of the future are none.
   *
   * <p>What the EHR keeps as {@link History} answers only a query that asks for its tag, or one
   * that asks beyond the patient, such as for the appointments of a room.
   *
   * <p>That there is no known allergy is no allergy: such a statement answers only a query that
   * asks for its code. A drug is named in {@code medicationCodeableConcept}, wherever the sender
   * wrote its name; drugs and allergies have the codes of their kinds beside their own.
   *
   * @param query what was asked
   * @param found its answer
   * @param drugs the Medications of {@link #pointedTo}, as far as they are there
   * @param kinds of drugs and allergens
   * @param now of the pathway's clock
   */
  public static Bundle onFile(
      String query, Bundle found, Bundle drugs, Kinds kinds, BaseDateTimeType now) {
    boolean withHistory =
        query.matches(".*[?&]_tag=[^&]*\\b" + History.CODE + "\\b.*")
            || !query.matches(".*[?&](patient|subject)=.*");
    boolean byCode = query.matches(".*[?&]code=.*");
    Medicines medicines = new Medicines(drugs, kinds);
    List<Resource> facts =
        found.getEntry().stream()
            .map(BundleEntryComponent::getResource)
            .filter(resource -> withHistory || !History.isOf(resource))
            .filter(resource -> Status.isRight(resource) && Status.isCurrent(resource))
            .filter(resource -> byCode || !Absence.isStated(resource))
            .map(Resource::copy)
            .filter(resource -> isOfThePast(resource, now))
            .map(medicines::named)
            .map(Naming::named)
            .map(medicines::told)
            .sorted(Comparator.comparing(Facts::time, NEWEST))
            .toList();
    Bundle onFile = new Bundle().setType(found.getType());
    facts.forEach(fact -> onFile.addEntry().setResource(fact));
    return onFile;
  }

  /**
   * What is about to be ordered, as copies, with names and the kinds of its drugs, as {@link
   * #onFile} has them: not what is called off, and not the order to leave something undone.
   *
   * @param drugs the Medications of {@link #pointedTo}, as far as they are there
   */
  public static List<Resource> ordered(Bundle orders, Bundle drugs, Kinds kinds) {
    Medicines medicines = new Medicines(drugs, kinds);
    return orders.getEntry().stream()
        .map(BundleEntryComponent::getResource)
        .filter(order -> Status.isRight(order) && !Status.isCalledOff(order))
        .map(Resource::copy)
        .map(medicines::named)
        .map(Naming::named)
        .map(medicines::told)
        .toList();
  }

  /** The ids of the stored Medications that drugs point to. */
  public static Set<String> pointedTo(Bundle found) {
    return Medicines.pointedTo(found);
  }

  /** Also gives the result its time, whichever way the sender wrote it. */
  private static boolean isOfThePast(Resource resource, BaseDateTimeType now) {
    if (!(resource instanceof Observation result)) {
      return true;
    }
    BaseDateTimeType at = ClinicalTime.of(result);
    result.setEffective(ClinicalTime.plain(at));
    return at == null || !ClinicalTime.isAfter(at, now);
  }

  private static Date time(Resource resource) {
    if (resource instanceof DiagnosticReport report && report.hasEffectiveDateTimeType()) {
      return report.getEffectiveDateTimeType().getValue();
    }
    return resource instanceof Observation result && result.hasEffectiveDateTimeType()
        ? result.getEffectiveDateTimeType().getValue()
        : null;
  }
}
