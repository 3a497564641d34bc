package org.carepathway.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The command {@code check-store} finds what nobody has met yet. */
class StoreCheckTest extends RunningService {

  private static final String SECRET = "Nobodysname";

  @Autowired private DataSource service;
  @Autowired private JdbcClient jdbc;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"valueQuantity\":{\"value\":1e1000000000000}}",
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"valueQuantity\":{\"value\":1e100000}}",
        "{\"resourceType\":\"Observation\", \"note\": Nobodysname",
        "{\"resourceType\":\"Nobodysname\"}",
        "",
        "<xml/>"
      })
  void whatCannotBeReadIsNamedAndNotQuoted(String broken) throws Exception {
    FhirClient fhir = new FhirClient(port());
    Observation observation = new Observation().setStatus(ObservationStatus.FINAL);
    observation.getCode().setText("Told");
    observation.setSubject(new Reference("Patient/" + fhir.sendPatient("torp-carol.json")));
    String id = fhir.as("referrer").create().resource(observation).execute().getId().getIdPart();
    String good = text(id);
    assertThat(found(id)).isEmpty();

    put(id, broken);
    assertThat(found(id))
        .singleElement()
        .satisfies(
            told -> assertThat(told).startsWith("Observation/" + id + ", version 1: "),
            told -> assertThat(told).doesNotContain(SECRET));
    put(id, good);
    assertThat(found(id)).isEmpty();
  }

  /** Other tests may have left something that cannot be read. */
  private List<String> found(String id) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = service.getConnection()) {
      boolean before = connection.getAutoCommit();
      StoreCheck.Result result = new StoreCheck(connection).run(found::add);
      connection.setAutoCommit(before);
      assertThat(result.resources()).isPositive();
      assertThat(result.unreadable()).isEqualTo(found.size());
    }
    return found.stream().filter(told -> told.contains(id)).toList();
  }

  private String text(String id) {
    return jdbc.sql(
            """
            select v.res_text_vc from hfj_res_ver v
            join hfj_resource r on r.res_id = v.res_id and r.res_ver = v.res_ver
            where r.fhir_id = :id""")
        .param("id", id)
        .query(String.class)
        .single();
  }

  private void put(String id, String text) {
    jdbc.sql(
            """
            update hfj_res_ver v set res_text_vc = :text from hfj_resource r
            where r.res_id = v.res_id and r.res_ver = v.res_ver and r.fhir_id = :id""")
        .param("text", text)
        .param("id", id)
        .update();
  }
}
