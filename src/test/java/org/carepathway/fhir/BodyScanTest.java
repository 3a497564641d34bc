package org.carepathway.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyScanTest {

  private static final String OBSERVATION =
      "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":%s}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e1000000",
        "1E+31",
        "-1e-31",
        "1e00000000000000000031",
        "0.1e99999999999999999999",
        "12345678901234567890123456789012345678901",
        "0.1234567890123456789012345678901234567890"
      })
  void aNumberThatIsTooLargeIsFoundWithItsPath(String number) {
    assertThat(BodyScan.of(OBSERVATION.formatted(number)).tooLarge())
        .isEqualTo("valueQuantity.value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0.0",
        "1e30",
        "1E-30",
        "1234567890123456789012345678901234567890",
        "6.02e23"
      })
  void aNumberThatIsNotTooLargePasses(String number) {
    BodyFindings scan = BodyScan.of(OBSERVATION.formatted(number));
    assertThat(scan.tooLarge()).isNull();
    assertThat(scan.isDoubtful()).isFalse();
  }

  @Test
  void thePathNamesEntriesByNumber() {
    String bundle =
        """
        {"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Basic"}},{"resource":
        {"contained":[{"extension":[{"url":"https://example.org","valueDecimal":1e99}]}]}}]}""";
    assertThat(BodyScan.of(bundle).tooLarge())
        .isEqualTo("entry[1].resource.contained[0].extension[0].valueDecimal");
  }

  @Test
  void aCodeThatLooksLikeANumberIsOnlyDoubtful() {
    assertThat(BodyScan.of("{\"lotNumber\":\"12E450\"}").isDoubtful()).isTrue();
    assertThat(BodyScan.of("{\"lotNumber\":\"12E450\"}").tooLarge()).isNull();
    assertThat(BodyScan.of("<Device><lotNumber value='12E450'/></Device>").isDoubtful()).isTrue();
  }

  @Test
  @Timeout(10)
  void millionsOfDigitsAreNotComputedWith() {
    String digits = "9".repeat(4_000_000);
    assertThat(BodyScan.of(OBSERVATION.formatted(digits)).tooLarge()).isNotNull();
    assertThat(BodyScan.of(OBSERVATION.formatted('"' + digits + '"')).tooLarge()).isNotNull();
    assertThat(BodyScan.of("<a><b value='" + digits + "'/></a>").tooLarge()).isEqualTo("a.b");
  }

  @Test
  void aDtdIsNotTaken() {
    String xml = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a><b value='&x;'/></a>";
    assertThatThrownBy(() -> BodyScan.of(xml))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("DTD");
  }

  @Test
  void moreThanAnyIndexShouldHoldIsFoundWithItsPlace() {
    for (int more : new int[] {0, 1}) {
      int many = BodyFindings.MOST_AT_A_PLACE + more;
      String json = "{\"entry\":[{\"resource\":{\"identifier\":[%s]}}]}";
      assertThat(BodyScan.of(json.formatted(times(many, "{\"value\":\"x\"}", ","))).tooMany())
          .isEqualTo(more == 0 ? null : "entry[0].resource.identifier");
      assertThat(BodyScan.of(json.formatted(times(many, "\"x\"", ","))).tooMany())
          .isEqualTo(more == 0 ? null : "entry[0].resource.identifier");
      assertThat(BodyScan.of("<a>" + times(many, "<b><c/><c/></b>", "") + "</a>").tooMany())
          .isEqualTo(more == 0 ? null : "a.b");
    }
  }

  @Test
  void entriesAreResourcesAndMayBeMore() {
    for (int more : new int[] {0, 1}) {
      int many = BodyFindings.MOST_ENTRIES + more;
      assertThat(BodyScan.of("{\"entry\":[%s]}".formatted(times(many, "{}", ","))).tooMany())
          .isEqualTo(more == 0 ? null : "entry");
      assertThat(BodyScan.of("<a>" + times(many, "<entry/>", "") + "</a>").tooMany())
          .isEqualTo(more == 0 ? null : "a.entry");
    }
  }

  @Test
  void containedResourcesAreFewer() {
    for (int more : new int[] {0, 1}) {
      int many = BodyFindings.MOST_CONTAINED + more;
      String json = "{\"contained\":[%s],\"identifier\":[%s]}";
      assertThat(
              BodyScan.of(json.formatted(times(many, "{}", ","), times(101, "{}", ","))).tooMany())
          .isEqualTo(more == 0 ? null : "contained");
      assertThat(BodyScan.of("<a>" + times(many, "<contained/>", "") + "</a>").tooMany())
          .isEqualTo(more == 0 ? null : "a.contained");
    }
  }

  @Test
  void anObjectHasNamesLikeAResource() {
    for (int more : new int[] {0, 1}) {
      String names =
          IntStream.range(0, BodyFindings.MOST_NAMES + more)
              .mapToObj(i -> "\"x" + i + "\":{\"y\":1}")
              .collect(Collectors.joining(","));
      assertThat(BodyScan.of("{" + names + "}").tooMany()).isEqualTo(more == 0 ? null : "*");
      assertThat(BodyScan.of("{\"name\":[{" + names + "}]}").tooMany())
          .isEqualTo(more == 0 ? null : "name[0].*");
    }
  }

  private static String times(int times, String text, String between) {
    return String.join(between, Collections.nCopies(times, text));
  }

  @Test
  void whatDefinesFhirIsFoundAtAnyDepth() {
    for (String body :
        new String[] {
          "{\"resourceType\":\"SearchParameter\"}",
          "{\"parameter\":[{\"resource\":{\"contained\":[{\"resourceType\":\"SearchParameter\"}]}}]}",
          "<Parameters><parameter><resource><SearchParameter/></resource></parameter></Parameters>"
        }) {
      assertThat(BodyScan.of(body).definition()).as(body).isEqualTo("SearchParameter");
    }
    assertThat(BodyScan.of("{\"resourceType\":\"Patient\",\"a\":\"SearchParameter\"}").definition())
        .isNull();
  }

  @Test
  void theTypeIsThatOfTheWhole() {
    assertThat(
            BodyScan.of(
                    "{\"contained\":[{\"resourceType\":\"Basic\"}],\"resourceType\":\"Patient\"}")
                .type())
        .isEqualTo("Patient");
    assertThat(BodyScan.of("<Patient><contained><Basic/></contained></Patient>").type())
        .isEqualTo("Patient");
    for (String none :
        new String[] {
          "{}",
          "[{\"resourceType\":\"Patient\"}]",
          "{\"a\":{\"resourceType\":\"Patient\"}}",
          "{\"resourceType\":1}"
        }) {
      assertThat(BodyScan.of(none).type()).as(none).isNull();
    }
  }

  @Test
  void whatTheParserWouldBendIsNotTaken() {
    for (String body :
        new String[] {"/* */ {\"a\":1e99}", "{a:1}", "{\"a\":NaN}", "@prefix x", "{"}) {
      assertThatThrownBy(() -> BodyScan.of(body)).isInstanceOf(DataFormatException.class);
    }
  }

  @Test
  void whatWasReadIsLookedThroughAtAnyDepthWithoutWritingTheNumberOut() {
    Observation read =
        FhirContext.forR4Cached()
            .newXmlParser()
            .parseResource(
                Observation.class,
                """
                <Observation xmlns="http://hl7.org/fhir"><contained><Observation>
                <component/><component><valueQuantity><value value="1e999999999"/></valueQuantity>
                </component></Observation></contained></Observation>""");
    assertThat(LargeNumbers.in(read))
        .hasValueSatisfying(
            path -> assertThat(path).contains("contained[0].component").endsWith("value"));
    read.getContained().clear();
    assertThat(LargeNumbers.in(read)).isEmpty();
  }
}
