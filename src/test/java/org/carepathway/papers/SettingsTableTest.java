package org.carepathway.papers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The README's table of settings names each setting of ours, and no other. */
class SettingsTableTest {

  private static final Path METADATA =
      Path.of("target/classes/META-INF/spring-configuration-metadata.json");
  private static final Pattern ROW = Pattern.compile("^\\| (`carepathway\\.[^|]*) \\|");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @Test
  void everySettingIsInTheTable() throws IOException {
    JsonNode metadata = new ObjectMapper().readTree(METADATA.toFile());
    List<String> settings =
        StreamSupport.stream(metadata.get("properties").spliterator(), false)
            .map(property -> property.get("name").asText())
            .filter(name -> name.startsWith("carepathway."))
            .map(name -> name.equals("carepathway.policy") ? name + ".<pathway>.<name>" : name)
            .toList();
    assertThat(settings).isNotEmpty();
    assertThat(inTheTable()).containsExactlyInAnyOrderElementsOf(settings);
  }

  private static Set<String> inTheTable() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
      lines.map(ROW::matcher).filter(Matcher::find).forEach(row -> add(row.group(1), names));
    }
    return names;
  }

  /** In one row {@code `carepathway.sign-in.client`, `secret`} name two of one prefix. */
  private static void add(String cell, Set<String> names) {
    Matcher name = NAME.matcher(cell);
    String prefix = "";
    while (name.find()) {
      String full = prefix + name.group(1);
      names.add(full);
      prefix = full.substring(0, full.lastIndexOf('.') + 1);
    }
  }
}
