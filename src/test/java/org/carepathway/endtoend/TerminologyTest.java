package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ca.uhn.fhir.rest.api.SearchStyleEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that knows only FHIR gets the options of every choice question. */
class TerminologyTest extends RunningService {

  private static final String OURS = "https://carepathway.org/fhir/";

  private IGenericClient nurse;

  @BeforeEach
  void signIn() {
    nurse = new FhirClient(port()).as("nurse");
  }

  @Test
  void everyChoiceOfEveryFormCanBeExpanded() {
    List<String> valueSets = new ArrayList<>();
    all(Questionnaire.class).forEach(form -> collect(((Questionnaire) form).getItem(), valueSets));

    assertThat(valueSets.stream().distinct().toList())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            url ->
                assertThat(expand(new UriType(url)).getExpansion().getContains())
                    .as(url)
                    .isNotEmpty()
                    .allSatisfy(code -> assertThat(code.getDisplay()).isNotBlank()));
  }

  @Test
  void everyStoredValueSetCanBeExpandedByItsId() {
    List<? extends org.hl7.fhir.r4.model.Resource> stored = all(ValueSet.class);
    assertThat(stored).hasSizeGreaterThan(50);
    for (org.hl7.fhir.r4.model.Resource one : stored.subList(0, 20)) {
      ValueSet expanded =
          nurse
              .operation()
              .onInstance(new IdType("ValueSet", one.getIdElement().getIdPart()))
              .named("$expand")
              .withNoParameters(Parameters.class)
              .returnResourceType(ValueSet.class)
              .useHttpGet()
              .execute();
      assertThat(expanded.getExpansion().getTotal()).isPositive();
    }
  }

  @Test
  void anExpansionIsFilteredAndPaged() {
    UriType url = new UriType(OURS + "ValueSet/pathway-role");
    int all = expand(url).getExpansion().getTotal();
    assertThat(expand(url, "filter", new StringType("null")).getExpansion().getTotal()).isZero();
    assertThat(expand(url, "filter", new StringType("NURSE")).getExpansion().getContains())
        .isNotEmpty()
        .allSatisfy(code -> assertThat(code.getDisplay()).containsIgnoringCase("nurse"));
    ValueSet page = expand(url, "offset", new IntegerType(1), "count", new IntegerType(2));
    assertThat(page.getExpansion().getContains()).hasSize(2);
    assertThat(page.getExpansion().getTotal()).isEqualTo(all);
  }

  @Test
  void aCodeIsFoundInItsValueSetAndSystemAndNoOther() {
    assertThat(validate("ir-nurse").getParameterBool("result")).isTrue();
    Parameters wrong = validate("plumber");
    assertThat(wrong.getParameterBool("result")).isFalse();
    assertThat(wrong.getParameter("message").getValue().primitiveValue())
        .contains("plumber")
        .contains("pathway-role");

    Parameters known = lookup("ir-nurse");
    assertThat(known.getParameter("display").getValue().primitiveValue()).isNotBlank();
    assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> lookup("plumber"));
  }

  @Test
  void whatIsNotHereOrNotNamedIsSaidSo() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> expand(new UriType("http://example.org/none")))
        .withMessageContaining("http://example.org/none");
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> expand(new UriType(OURS + "ValueSet/pathway-role|9.9.9")))
        .withMessageContaining("9.9.9");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> expand(null))
        .withMessageContaining("'url'");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(
            () -> expand(new UriType(OURS + "ValueSet/pathway-role"), "count", new IntegerType(-1)))
        .withMessageContaining("count");
  }

  private static void collect(List<QuestionnaireItemComponent> items, List<String> valueSets) {
    for (QuestionnaireItemComponent item : items) {
      if (item.hasAnswerValueSet()) {
        valueSets.add(item.getAnswerValueSet());
      }
      collect(item.getItem(), valueSets);
    }
  }

  private List<? extends org.hl7.fhir.r4.model.Resource> all(
      Class<? extends org.hl7.fhir.r4.model.Resource> type) {
    return nurse
        .search()
        .forResource(type)
        .count(500)
        .usingStyle(SearchStyleEnum.GET)
        .returnBundle(Bundle.class)
        .execute()
        .getEntry()
        .stream()
        .map(entry -> entry.getResource())
        .toList();
  }

  private Parameters validate(String code) {
    Parameters in = new Parameters();
    in.addParameter().setName("url").setValue(new UriType(OURS + "ValueSet/pathway-role"));
    in.addParameter().setName("system").setValue(new UriType(OURS + "CodeSystem/pathway-role"));
    in.addParameter().setName("code").setValue(new CodeType(code));
    return call(ValueSet.class, "$validate-code", in, Parameters.class);
  }

  private Parameters lookup(String code) {
    Parameters in = new Parameters();
    in.addParameter().setName("system").setValue(new UriType(OURS + "CodeSystem/pathway-role"));
    in.addParameter().setName("code").setValue(new CodeType(code));
    return call(org.hl7.fhir.r4.model.CodeSystem.class, "$lookup", in, Parameters.class);
  }

  private ValueSet expand(UriType url, Object... more) {
    Parameters in = new Parameters();
    if (url != null) {
      in.addParameter().setName("url").setValue(url);
    }
    for (int i = 0; i < more.length; i += 2) {
      in.addParameter().setName((String) more[i]).setValue((Type) more[i + 1]);
    }
    return call(ValueSet.class, "$expand", in, ValueSet.class);
  }

  private <T extends org.hl7.fhir.r4.model.Resource> T call(
      Class<? extends org.hl7.fhir.r4.model.Resource> type,
      String name,
      Parameters in,
      Class<T> out) {
    return nurse
        .operation()
        .onType(type)
        .named(name)
        .withParameters(in)
        .returnResourceType(out)
        .useHttpGet()
        .execute();
  }
}
