package org.carepathway.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.carepathway.cdshooks.CdsRefusal.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that is not built as CDS Hooks says is told what is wrong with it. */
class CallReaderTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ORDERS =
      """
      {"hook": "order-select", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
       "fhirServer": "https://ehr.example.org/fhir/",
       "fhirAuthorization": {"access_token": "t", "token_type": "Bearer", "expires_in": 300,
                             "scope": "patient/*.rs", "subject": "us", "patient": "1"},
       "context": {"userId": "PractitionerRole/12", "patientId": "1",
                   "selections": ["MedicationRequest/103"],
                   "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": [
                     {"resource": {"resourceType": "MedicationRequest", "id": "103",
                                   "status": "draft", "intent": "order",
                                   "subject": {"reference": "Patient/1"}}}]}},
       "prefetch": {}}
      """;

  private static ObjectNode orders() throws Exception {
    return (ObjectNode) JSON.readTree(ORDERS);
  }

  private static CdsCall read(ObjectNode body) {
    return CallReader.read(body, new CdsServices(null), "care-pathway-orders");
  }

  @Test
  void aWholeRequestIsRead() throws Exception {
    CdsCall call = read(orders());

    assertThat(call.server()).isEqualTo("https://ehr.example.org/fhir");
    assertThat(call.mayRead()).isTrue();
    assertThat(call.selected()).containsExactly("MedicationRequest/103");
    assertThat(call.user()).isEqualTo("PractitionerRole/12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/hook                            | null            | hook",
        "/hook                            | patient-view    | hook",
        "/hook                            | appointment-book| hook",
        "/hookInstance                    | 7               | hookInstance",
        "/hookInstance                    | null            | hookInstance",
        "/context                         | text            | context",
        "/context/userId                  | Device/1        | context.userId",
        "/context/userId                  | null            | context.userId",
        "/context/patientId               | Patient/1       | context.patientId",
        "/context/patientId               | 1/../2          | context.patientId",
        "/context/draftOrders             | null            | context.draftOrders",
        "/context/draftOrders/resourceType| Patient         | context.draftOrders",
        "/context/draftOrders/entry/0/resource/subject/reference | Patient/2 | context.draftOrders",
        "/context/selections              | null            | context.selections",
        "/context/selections/0            | MedicationRequest/104 | context.selections",
        "/fhirServer                      | null            | fhirServer",
        "/fhirServer                      | http://ehr.example.org | fhirServer",
        "/fhirAuthorization/access_token  | null            | fhirAuthorization.access_token",
        "/fhirAuthorization/token_type    | MAC             | fhirAuthorization.token_type",
        "/fhirAuthorization/expires_in    | soon            | fhirAuthorization.expires_in",
        "/fhirAuthorization/scope         | null            | fhirAuthorization.scope",
        "/fhirAuthorization/subject       | null            | fhirAuthorization.subject",
        "/fhirAuthorization/patient       | 2               | fhirAuthorization.patient",
        "/prefetch                        | text            | prefetch",
      })
  void whatIsWrongIsNamed(String at, String value, String field) throws Exception {
    ObjectNode body = orders();
    int end = at.lastIndexOf('/');
    var parent = end == 0 ? body : body.at(at.substring(0, end));
    String name = at.substring(end + 1);
    if (parent.isArray()) {
      ((com.fasterxml.jackson.databind.node.ArrayNode) parent).set(0, JSON.valueToTree(value));
    } else if (value.equals("null")) {
      ((ObjectNode) parent).remove(name);
    } else {
      ((ObjectNode) parent).put(name, value);
    }

    CdsRefusal refused = catchThrowableOfType(CdsRefusal.class, () -> read(body));

    assertThat(refused).as(at).isNotNull();
    assertThat(refused.status().value()).isEqualTo(400);
    assertThat(refused.faults()).extracting(Fault::field).contains(field);
    assertThat(refused.faults())
        .allSatisfy(
            fault -> {
              assertThat(fault.rule()).isNotBlank();
              assertThat(fault.remedy()).isNotBlank();
            });
  }

  @Test
  void allThatIsWrongIsToldAtOnce() throws Exception {
    ObjectNode body = orders();
    body.remove("hookInstance");
    body.withObject("/context").remove("userId");

    CdsRefusal refused = catchThrowableOfType(CdsRefusal.class, () -> read(body));

    assertThat(refused.faults())
        .extracting(Fault::field)
        .containsExactly("hookInstance", "context.userId");
  }
}
