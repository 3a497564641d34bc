package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.carepathway.security.Permissions.Kind;
import org.carepathway.security.Permissions.Subject;
import org.junit.jupiter.api.Test;

/** The types that can be searched by {@code _tag} and {@code _profile} are those of the table. */
class TaggedTypesTest {

  /** The audit and subscriptions have tables of their own, Binary is not searched. */
  private static final List<String> NEITHER = List.of("AuditEvent", "Binary", "Subscription");

  private final Permissions permissions = new Permissions();

  @Test
  void everyTypeHasTags() throws Exception {
    assertThat(bases("resource-tag"))
        .containsExactlyInAnyOrderElementsOf(
            permissions.subjects(Kind.RESOURCE).stream()
                .map(Subject::name)
                .filter(type -> !NEITHER.contains(type))
                .toList());
  }

  @Test
  void whatOthersSendHasProfilesExceptWhereEachStepWritesOne() throws Exception {
    assertThat(bases("resource-profile"))
        .containsExactlyInAnyOrderElementsOf(
            permissions.subjects(Kind.RESOURCE).stream()
                .map(Subject::name)
                .filter(
                    type ->
                        permissions.allow(
                            List.of(Role.values()), Action.CREATE, Kind.RESOURCE, type))
                .filter(type -> !type.equals("Provenance") && !NEITHER.contains(type))
                .toList());
  }

  private static List<String> bases(String parameter) throws Exception {
    JsonNode definition =
        new ObjectMapper()
            .readTree(Path.of("fhir-profiles/base/SearchParameter", parameter + ".json").toFile());
    List<String> bases = new ArrayList<>();
    definition.get("base").forEach(base -> bases.add(base.asText()));
    for (String base : bases) {
      assertThat(definition.get("expression").asText()).contains(base + ".meta.");
    }
    return bases;
  }
}
