package org.carepathway.fact;

import java.time.Clock;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.carepathway.clock.SiteSettings;
import org.carepathway.fhir.Numbers;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.springframework.stereotype.Component;

/** Which of the names and numbers of a patient name them here and today. */
@Component
public class PatientIdentity {

  private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";

  /** Numbers of a country, such as {@code us-ssn}: R4, identifier registry. */
  private static final String NATIONAL = "http://hl7.org/fhir/sid/";

  /** From the best to the last that is better than none. */
  private static final List<NameUse> USES =
      List.of(
          NameUse.OFFICIAL,
          NameUse.USUAL,
          NameUse.NULL,
          NameUse.TEMP,
          NameUse.NICKNAME,
          NameUse.ANONYMOUS,
          NameUse.MAIDEN,
          NameUse.OLD);

  private final String recordNumbers;
  private final Clock clock;

  public PatientIdentity(SiteSettings site, Clock clock) {
    this.recordNumbers = site.recordNumberSystem();
    this.clock = clock;
  }

  /**
   * The patient as who they are here: the name in use is the first, and the identifiers are the
   * record numbers of this site only. A copy to read; never to be stored.
   */
  public Patient of(Patient patient) {
    Date now = Date.from(clock.instant());
    Patient known = patient.copy();
    known.setName(
        patient.getName().stream()
            .filter(name -> name.hasText() || name.hasFamily() || name.hasGiven())
            .sorted(Comparator.comparing(name -> rank(name, now)))
            .toList());
    known.setIdentifier(
        patient.getIdentifier().stream()
            .filter(number -> isRecordNumber(number) && !isPast(number, now))
            .sorted(Comparator.comparing(number -> !isTyped(number)))
            .toList());
    return known;
  }

  /** The name of a patient that came from {@link #of}; null without one. */
  public static String name(Patient patient) {
    return patient.hasName() ? patient.getNameFirstRep().getNameAsSingleString() : null;
  }

  /** The record number of a patient that came from {@link #of}; null without one. */
  public static String number(Patient patient) {
    return patient.hasIdentifier() ? patient.getIdentifierFirstRep().getValue() : null;
  }

  private static int rank(HumanName name, Date now) {
    int rank = USES.indexOf(name.hasUse() ? name.getUse() : NameUse.NULL);
    return isOver(name.getPeriod(), now) ? rank + USES.size() : rank;
  }

  private boolean isRecordNumber(Identifier number) {
    Predicate<String> here =
        recordNumbers == null || recordNumbers.isBlank()
            ? system -> isTyped(number) || !number.hasType() && !system.startsWith(NATIONAL)
            : recordNumbers::equals;
    return Numbers.isGiven(number) && here.test(Objects.toString(number.getSystem(), ""));
  }

  private static boolean isTyped(Identifier number) {
    return number.getType().hasCoding(IDENTIFIER_TYPES, "MR");
  }

  private static boolean isPast(Identifier number, Date now) {
    return number.getUse() == IdentifierUse.OLD || isOver(number.getPeriod(), now);
  }

  private static boolean isOver(Period period, Date now) {
    return period.hasEnd() && period.getEnd().before(now);
  }
}
