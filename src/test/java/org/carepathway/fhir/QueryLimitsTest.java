package org.carepathway.fhir;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueryLimitsTest {

  @Test
  void whatAClientNeedsIsTaken() {
    Map<String, String[]> usual = new HashMap<>();
    usual.put("status", new String[] {"ready,in-progress"});
    usual.put("authored-on", new String[] {"ge2026-01-01", "lt2026-02-01"});
    usual.put("_id", new String[] {String.join(",", Collections.nCopies(150, "a".repeat(36)))});
    usual.put("_include", times(5, "Task:patient"));
    assertThatCode(() -> QueryLimits.check(usual)).doesNotThrowAnyException();
  }

  @Test
  void eachLimitIsNamed() {
    refused(Map.of("status", times(6, "ready")), "5 times 'status'");
    refused(Map.of("status", times(3, "a"), "status:not", times(3, "a")), "5 times 'status'");
    refused(Map.of("_include", times(6, "a"), "_revinclude", times(5, "b")), "_include");
    refused(Map.of("_include:iterate", times(11, "a")), "_include");
    refused(Map.of("code", new String[] {",".repeat(300)}), "300 values");
    refused(Map.of("code", new String[] {"x".repeat(8_001)}), "8000 characters");
    refused(Map.of("code", times(3, "x".repeat(7_000))), "16000 characters");
    Map<String, String[]> many = new HashMap<>();
    Stream.iterate(0, n -> n + 1).limit(21).forEach(n -> many.put("p" + n, times(1, "a")));
    refused(many, "20 parameters");
  }

  private static void refused(Map<String, String[]> parameters, String limit) {
    assertThatThrownBy(() -> QueryLimits.check(parameters))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(limit);
  }

  private static String[] times(int times, String value) {
    return Collections.nCopies(times, value).toArray(String[]::new);
  }
}
