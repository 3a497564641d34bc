package org.carepathway.fact;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.carepathway.clock.SiteSettings;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatientIdentityTest {

  private static final Clock MARCH =
      Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
  private static final String MR =
      "'type': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/v2-0203', 'code': 'MR'}]}";

  private static Patient patient(String elements) {
    String json = "{\"resourceType\": \"Patient\", " + elements.replace('\'', '"') + "}";
    return FhirContext.forR4Cached().newJsonParser().parseResource(Patient.class, json);
  }

  private static Patient known(String system, String elements) {
    SiteSettings site = new SiteSettings(null, Locale.ENGLISH, system);
    return new PatientIdentity(site, MARCH).of(patient(elements));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'use': 'maiden', 'text': 'Ann Roe'}, {'use': 'official', 'text': 'Ann Doe'} | Ann Doe",
        "{'use': 'old', 'text': 'Ann Roe'}, {'text': 'Ann Doe'} | Ann Doe",
        "{'use': 'nickname', 'text': 'Annie'}, {'use': 'usual', 'text': 'Ann Doe'} | Ann Doe",
        "{'use': 'usual', 'text': 'Ann'}, {'use': 'official', 'text': 'Ann Doe'} | Ann Doe",
        "{'use': 'official', 'text': 'Ann Roe', 'period': {'end': '2020-01-01'}}, {'use': 'usual', 'text': 'Ann Doe'} | Ann Doe",
        "{'use': 'official'}, {'use': 'usual', 'text': 'Ann Doe'} | Ann Doe",
        "{'use': 'maiden', 'text': 'Ann Roe'} | Ann Roe",
        "{'family': 'Doe', 'given': ['Ann', 'Bea']} | Ann Bea Doe",
      })
  void theNameInUseIsTheName(String names, String name) {
    assertThat(PatientIdentity.name(known(null, "'name': [" + names + "]"))).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | {'system': 'http://hl7.org/fhir/sid/us-ssn', 'value': '999'}, {%MR, 'value': '1'} | 1",
        "`` | {'type': {'coding': [{'code': 'SS'}]}, 'value': '999'} | ``",
        "`` | {'system': 'http://hl7.org/fhir/sid/us-ssn', 'value': '999'} | ``",
        "`` | {%MR, 'use': 'old', 'value': '0'}, {%MR, 'value': '1'} | 1",
        "`` | {%MR, 'period': {'end': '2025'}, 'value': '0'}, {%MR, 'value': '1'} | 1",
        "`` | {'system': 'urn:x', 'value': '7'}, {%MR, 'value': '1'} | 1",
        "`` | {'system': 'urn:x', 'value': '7'} | 7",
        "urn:here | {%MR, 'system': 'urn:there', 'value': '2'}, {%MR, 'system': 'urn:here', 'value': '1'} | 1",
        "urn:here | {'system': 'urn:here', 'value': '1'} | 1",
        "urn:here | {%MR, 'system': 'urn:there', 'value': '2'} | ``",
      })
  void theNumberIsTheRecordNumberOfThisSite(String system, String numbers, String number) {
    Patient known = known(system, "'identifier': [" + numbers.replace("%MR", MR) + "]");

    assertThat(PatientIdentity.number(known)).isEqualTo(number.isEmpty() ? null : number);
  }
}
