package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import com.google.common.collect.Multimap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class FhirQueryTest {

  private final IRepository repository = mock();
  private FhirQuery ready;

  @BeforeEach
  void context() {
    when(repository.fhirContext()).thenReturn(TestForms.FHIR);
    ready = new FhirQuery(repository);
  }

  @Test
  void parametersGetTheirTypes() {
    Multimap<String, List<IQueryParameterType>> asked =
        asked(
            "Observation?patient={{%patient.id}}&code=http://loinc.org|1-1,http://loinc.org|2-2"
                + "&status:not=final&date=ge2026-01-01&_sort=-date&_count=5");

    assertThat(one(asked, "patient")).isInstanceOf(ReferenceParam.class);
    assertThat(((ReferenceParam) one(asked, "patient")).getIdPart()).isEqualTo("p1");
    assertThat(asked.get("code").iterator().next())
        .extracting(p -> ((TokenParam) p).getSystem() + " " + ((TokenParam) p).getValue())
        .containsExactly("http://loinc.org 1-1", "http://loinc.org 2-2");
    assertThat(((TokenParam) one(asked, "status")).getModifier().getValue()).isEqualTo(":not");
    assertThat(one(asked, "date").getValueAsQueryToken()).isEqualTo("ge2026-01-01");
    assertThat(one(asked, "_sort").getValueAsQueryToken()).isEqualTo("-date");
    assertThat(one(asked, "_count").getValueAsQueryToken()).isEqualTo("5");
  }

  @Test
  void aValueCannotAddParametersOrAlternatives() {
    Multimap<String, List<IQueryParameterType>> asked =
        asked("Observation?code={{%patient.id}}", "a,b&patient=p2|c");

    assertThat(asked.keySet()).containsExactly("code");
    assertThat(asked.get("code").iterator().next()).hasSize(1);
    assertThat(((TokenParam) one(asked, "code")).getValue()).isEqualTo("a,b&patient=p2|c");
  }

  @Test
  void allPagesAreRead() {
    Bundle first = new Bundle();
    first.addEntry().setResource(new Observation().setStatus(ObservationStatus.FINAL));
    first.addLink().setRelation("next").setUrl("page2");
    Bundle second = new Bundle();
    second.addEntry().setResource(new Observation().setStatus(ObservationStatus.FINAL));
    when(repository.search(eq(Bundle.class), any(), any(Multimap.class), any())).thenReturn(first);
    when(repository.link(Bundle.class, "page2")).thenReturn(second);

    assertThat(ready.run("Observation", path -> List.of()).getEntry()).hasSize(2);
  }

  @Test
  void refusesWhatItCannotAsk() {
    assertRefused("Observatio?code=x", "no resource type 'Observatio'");
    assertRefused("Observation?cod=x", "Observation has no search parameter 'cod'");
    assertRefused("Observation?_has:x=y", "has no search parameter '_has'");
    assertRefused("Observation?code={{%nothing}}", "'%nothing' has no value");
  }

  private void assertRefused(String text, String reason) {
    assertThatThrownBy(() -> ready.run(text, path -> List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  private static IQueryParameterType one(
      Multimap<String, List<IQueryParameterType>> asked, String name) {
    return asked.get(name).iterator().next().get(0);
  }

  private Multimap<String, List<IQueryParameterType>> asked(String text) {
    return asked(text, "p1");
  }

  @SuppressWarnings("unchecked")
  private Multimap<String, List<IQueryParameterType>> asked(String text, String value) {
    when(repository.search(eq(Bundle.class), any(), any(Multimap.class), any()))
        .thenReturn(new Bundle());
    ready.run(text, path -> List.of(value));
    ArgumentCaptor<Multimap<String, List<IQueryParameterType>>> asked = ArgumentCaptor.captor();
    verify(repository).search(eq(Bundle.class), any(), asked.capture(), eq(Map.of()));
    return asked.getValue();
  }
}
