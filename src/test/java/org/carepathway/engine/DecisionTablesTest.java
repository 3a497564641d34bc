package org.carepathway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.carepathway.content.Policy;
import org.junit.jupiter.api.Test;

/** Policy values in the cells of a table, and how hits are joined. */
class DecisionTablesTest {

  private static final Policy POLICY =
      Policy.parse(
          """
          effective: 2026-11-01
          values: {nrs-min: {value: 5, source: LCD, evidence: E2, meaning: Least pain}}
          """);

  @Test
  void aCellComparesWithAPolicyValue() throws Exception {
    assertThat(pain(5L, Map.of()).outputs()).containsEntry("reason", "severe,least 5");
    assertThat(pain(5L, Map.of()).rules()).isEqualTo(List.of("P-1", "P-2"));
    assertThat(pain(4L, Map.of()).rules()).isEqualTo(List.of("P-3"));
    assertThat(pain(4L, Map.of()).outputs()).containsEntry("reason", null);
    assertThat(pain(null, Map.of()).rules()).isEqualTo(List.of("P-3"));
  }

  @Test
  void aHospitalsOwnValueCounts() throws Exception {
    assertThat(pain(5L, Map.of("nrs-min", "6")).rules()).isEqualTo(List.of("P-3"));
    assertThat(pain(6L, Map.of("nrs-min", "6")).outputs())
        .containsEntry("reason", "severe,least 6");
  }

  private static DecisionOutcome pain(Long nrs, Map<String, String> own) throws Exception {
    DecisionTables tables = new DecisionTables(Path.of("src/test/resources/decisions"));
    Map<String, Object> variables = new java.util.HashMap<>();
    variables.put("nrs", nrs);
    variables.put("policy", POLICY.with(own).feel());
    return tables.evaluate("pain", variables);
  }
}
