package org.carepathway.entry;

import java.time.Clock;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.carepathway.clock.SiteSettings;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.entry.TypedReferral.What;
import org.carepathway.entry.TypedReferral.Whom;
import org.carepathway.record.StableIds;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.springframework.stereotype.Component;

/** A typed referral as the FHIR resources that a system would have sent. */
@Component
class EnteredResources {

  /** Of the numbers that referrals get which have none of their own. */
  static final String NUMBERS = "https://carepathway.org/fhir/entered-referral";

  private static final String TEAM = "https://carepathway.org/fhir/team";
  private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";

  /** R4, patient-interpreterRequired. */
  private static final String INTERPRETER =
      "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";

  private final Catalogue catalogue;
  private final PatientScope scope;
  private final CurrentUser user;
  private final SiteSettings site;
  private final Clock clock;

  EnteredResources(
      Catalogue catalogue, PatientScope scope, CurrentUser user, SiteSettings site, Clock clock) {
    this.catalogue = catalogue;
    this.scope = scope;
    this.user = user;
    this.site = site;
    this.clock = clock;
  }

  /**
   * The id of the referral: the same that one person sends twice is one. The key alone would not
   * do: who goes back in the browser and types the next patient in sends the key of the one before.
   */
  String referralId(TypedReferral typed) {
    return id(typed, "ServiceRequest");
  }

  /** Who was typed in, as a new patient. */
  Patient patient(TypedReferral typed) {
    Whom whom = typed.whom();
    Patient patient = new Patient();
    patient.setId(id(typed, "Patient"));
    patient.setActive(true);
    patient
        .addName()
        .setUse(HumanName.NameUse.OFFICIAL)
        .setFamily(whom.family())
        .addGiven(whom.given());
    patient.setGender(AdministrativeGender.fromCode(whom.sex()));
    patient.getBirthDateElement().setValueAsString(whom.born());
    if (!whom.number().isEmpty()) {
      patient.addIdentifier(number(whom.number()));
    }
    if (!whom.phone().isEmpty()) {
      patient.addTelecom().setSystem(ContactPointSystem.PHONE).setValue(whom.phone());
    }
    if (!whom.language().isEmpty()) {
      patient
          .addCommunication()
          .setPreferred(true)
          .setLanguage(
              new CodeableConcept(new Coding("urn:ietf:bcp:47", whom.language(), null))
                  .setText(
                      Locale.forLanguageTag(whom.language()).getDisplayLanguage(Locale.ENGLISH)));
    }
    if (whom.interpreter()) {
      patient.addExtension(INTERPRETER, new BooleanType(true));
    }
    return patient;
  }

  Identifier number(String value) {
    Identifier number = new Identifier().setValue(value);
    number.getType().addCoding(new Coding(IDENTIFIER_TYPES, "MR", "Medical record number"));
    return site.recordNumberSystem() == null || site.recordNumberSystem().isBlank()
        ? number
        : number.setSystem(site.recordNumberSystem());
  }

  ServiceRequest referral(TypedReferral typed, String patientId) {
    What what = typed.what();
    PathwayContent content =
        catalogue.offered().stream()
            .filter(each -> each.key().equals(what.pathway()))
            .findFirst()
            .orElseThrow();
    Coding code = content.triggers().get(0);
    ServiceRequest referral = new ServiceRequest();
    referral.setId(referralId(typed));
    referral.addIdentifier().setSystem(NUMBERS).setValue(referralId(typed));
    referral.setStatus(ServiceRequestStatus.ACTIVE);
    referral.setIntent(ServiceRequestIntent.ORDER);
    referral.setPriority(ServiceRequestPriority.fromCode(what.priority()));
    referral.setCode(new CodeableConcept(code.copy()).setText(code.getDisplay()));
    referral.setSubject(new Reference("Patient/" + patientId));
    referral.setAuthoredOnElement(new DateTimeType(what.written()));
    referral.setRequester(new Reference().setDisplay(what.referrer()));
    referral.addReasonCode().setText(what.reason());
    team(what)
        .ifPresent(
            team ->
                referral
                    .addPerformer()
                    .setIdentifier(new Identifier().setSystem(TEAM).setValue(team)));
    referral
        .addNote()
        .setTime(Date.from(clock.instant()))
        .setAuthor(new Reference().setDisplay(user.agent().display()))
        .setText(
            "Came by %s, entered by hand.%s"
                .formatted(
                    what.channel(),
                    what.reach().isEmpty() ? "" : " The referrer is reached at: " + what.reach()));
    return referral;
  }

  private Optional<String> team(What what) {
    return scope.ownTeams().stream()
        .filter(team -> scope.ownTeams().size() == 1 || team.equals(what.team()))
        .findFirst();
  }

  private String id(TypedReferral typed, String type) {
    return StableIds.of(
            String.join(
                "\n",
                NUMBERS,
                user.agent().name(),
                typed.key(),
                typed.whom().toString(),
                typed.what().toString(),
                type))
        .toString();
  }
}
