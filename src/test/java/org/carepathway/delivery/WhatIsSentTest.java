package org.carepathway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carepathway.clock.SiteSettings;
import org.carepathway.content.ContentOnDisk;
import org.carepathway.content.SentKind;
import org.carepathway.content.SentTable;
import org.carepathway.document.Wording;
import org.carepathway.template.FhirPaths;
import org.carepathway.worklist.web.OwnMessages;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.Test;

/** What an EHR receives of the delivered pathway, and what it has already. */
class WhatIsSentTest {

  private static final Clock MADRID =
      Clock.fixed(Instant.parse("2026-12-01T08:00:00Z"), ZoneId.of("Europe/Madrid"));

  /** The codes that a table compares a status with. */
  private static final Pattern STATUSES =
      Pattern.compile("status (?:in \\(([^)]*)\\)|= ('[^']*'))");

  private final InWords words = words(Locale.ENGLISH);

  private static InWords words(Locale language) {
    return new InWords(new FhirPaths(FhirContext.forR4Cached()), wording(language), MADRID);
  }

  static Wording wording(Locale language) {
    return new Wording(
        ContentOnDisk.translations(),
        new SiteSettings(MADRID.getZone(), language, null),
        OwnMessages.SOURCE);
  }

  private static SentTable table() throws IOException {
    return SentTable.parse(Files.readString(Path.of("bpmn/vertebroplasty/sent.yaml")));
  }

  private String kind(Resource resource) throws IOException {
    return table()
        .of(resource, kind -> words.holds(kind, resource))
        .map(SentKind::name)
        .orElse("nothing");
  }

  private static Observation observation(String category) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.addCategory(new CodeableConcept(new Coding("urn:x", category, null)));
    observation.setCode(new CodeableConcept(new Coding("http://loinc.org", "72514-3", null)));
    observation.setValue(new Quantity(3));
    return observation;
  }

  /** A second result of the same blood would be taken for a second test. */
  @Test
  void resultsOfTheHospitalAreNotSentBackToIt() throws IOException {
    assertThat(kind(observation("recovery"))).isEqualTo("observation");
    assertThat(kind(observation("laboratory"))).isEqualTo("nothing");
    assertThat(kind(observation("imaging"))).isEqualTo("nothing");
    Observation taken = observation("exam");
    taken.addDerivedFrom(new Reference("Observation/theirs"));
    assertThat(kind(taken)).isEqualTo("nothing");
  }

  @Test
  void theReferralItselfIsTheirsAndOrdersAreOurs() throws IOException {
    ServiceRequest request = new ServiceRequest();
    request.setStatus(ServiceRequestStatus.ACTIVE);
    assertThat(kind(request)).isEqualTo("nothing");
    request.addBasedOn(new Reference("ServiceRequest/referral"));
    assertThat(kind(request)).isEqualTo("order");
    request.setStatus(ServiceRequestStatus.DRAFT);
    assertThat(kind(request)).isEqualTo("nothing");
  }

  @Test
  void aProcedureIsSentOnceSomethingHasBecomeOfIt() throws IOException {
    Procedure procedure = new Procedure();
    procedure.setStatus(ProcedureStatus.PREPARATION);
    assertThat(kind(procedure)).isEqualTo("nothing");
    procedure.setStatus(ProcedureStatus.STOPPED);
    assertThat(kind(procedure)).isEqualTo("procedure");
    procedure.addPartOf(new Reference("Procedure/session"));
    assertThat(kind(procedure)).isEqualTo("procedure-level");
  }

  /** What a person types into the EHR, and what it shows: no codes, and the hours of the site. */
  @Test
  void itIsSaidAsPeopleOfTheSiteReadIt() throws IOException {
    Appointment visit = new Appointment();
    visit.setStatus(Appointment.AppointmentStatus.NOSHOW);
    visit.setStartElement(new InstantType("2026-12-01T23:30:00Z"));
    SentKind kind = table().of(visit, each -> words.holds(each, visit)).orElseThrow();

    assertThat(words.of(kind, visit))
        .isEqualTo(
            """
            Appointment for the procedure
            Status: Missed
            Begins: 2 December 2026, 00:30""");
    assertThat(words(Locale.forLanguageTag("es")).of(kind, visit))
        .isEqualTo(
            """
            Cita para el procedimiento
            Estado: No acudió
            Comienza: 2 de diciembre de 2026, 00:30""");
  }

  @Test
  void aDayStaysADayAndAnOrderIsSaidWithItsPriority() throws IOException {
    ServiceRequest order = new ServiceRequest();
    order.setStatus(ServiceRequestStatus.ENTEREDINERROR);
    order.setPriority(ServiceRequest.ServiceRequestPriority.ASAP);
    order.setAuthoredOnElement(new DateTimeType("2026-11"));
    order.addBasedOn(new Reference("ServiceRequest/referral"));
    SentKind kind = table().of(order, each -> words.holds(each, order)).orElseThrow();
    assertThat(words.of(kind, order))
        .contains(
            "Status: Entered in error\n", "Priority: As soon as possible", "Ordered: 2026-11");
    order.setAuthoredOnElement(new DateTimeType("2026-11-30"));
    assertThat(words.of(kind, order)).contains("Ordered: 30 November 2026");
  }

  @Test
  void eachStatusThatIsSentHasAWord() throws IOException {
    List<String> codes =
        Stream.concat(
                table().kinds().stream().map(SentKind::when),
                Stream.of(
                    "status in ('recurrence' | 'relapse' | 'inactive' | 'remission' |"
                        + " 'resolved' | 'confirmed' | 'unconfirmed' | 'provisional' | 'differential'"
                        + " | 'refuted' | 'current')"))
            .flatMap(when -> STATUSES.matcher(when).results())
            .flatMap(found -> Stream.of(found.group(0).split("'")))
            .filter(code -> code.matches("[a-z-]+"))
            .toList();
    assertThat(codes).hasSizeGreaterThan(15).contains("noshow", "revoked");
    for (Locale language : List.of(Locale.ENGLISH, Locale.forLanguageTag("es"))) {
      assertThat(codes)
          .allSatisfy(
              code -> assertThat(wording(language).of(new CodeType(code))).isNotEqualTo(code));
    }
  }
}
