package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Messages that we did not write: each is understood, or refused with its place. What became of
 * each is listed at the end of docs/ehr.md; {@code -Dsamples.write=true} writes the list anew.
 */
class SamplesTest {

  private static final Path SAMPLES = Path.of("src/test/resources/hl7/samples");
  private static final Path PAGE = Path.of("docs/ehr.md");
  private static final String BEGIN = "| Sample | Message | |\n| --- | --- | --- |\n";

  @Test
  void eachIsUnderstoodOrRefusedWithItsPlace() throws IOException {
    String list = list();
    assertThat(list.lines().count()).isGreaterThan(20);
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    String written = page.substring(0, from) + list;
    if (Boolean.getBoolean("samples.write")) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(written);
  }

  private static String list() throws IOException {
    StringBuilder list = new StringBuilder();
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      for (Path file : files.filter(SamplesTest::isSample).sorted().toList()) {
        for (String message : messages(Files.readString(file, StandardCharsets.UTF_8))) {
          list.append("| %s | %s |\n".formatted(SAMPLES.relativize(file), became(message)));
        }
      }
    }
    return list.toString();
  }

  private static boolean isSample(Path file) {
    return Files.isRegularFile(file) && !file.endsWith("README.md") && !file.endsWith("LICENSE");
  }

  private static List<String> messages(String text) {
    List<String> messages = new ArrayList<>();
    for (String line : text.replace("\u000b", "").replace("\u001c", "").split("\\R")) {
      if (line.startsWith("MSH")) {
        messages.add("");
      }
      if (!messages.isEmpty() && !line.isBlank() && !line.matches("(BHS|BTS|FHS|FTS).*")) {
        int last = messages.size() - 1;
        messages.set(last, messages.get(last) + line + '\r');
      }
    }
    return messages;
  }

  private static String became(String message) {
    String kind = "?";
    try {
      Hl7Message read = Interpreting.INTERPRETER.read(message.getBytes(StandardCharsets.UTF_8));
      kind = read.kind();
      Said said = Interpreting.INTERPRETER.interpret(read);
      String told =
          said.statements().stream()
              .collect(Collectors.groupingBy(Statement::type, TreeMap::new, Collectors.counting()))
              .entrySet()
              .stream()
              .map(entry -> ", " + entry.getValue() + ' ' + entry.getKey())
              .collect(Collectors.joining());
      return kind + " | understood: Patient" + told;
    } catch (Hl7Refusal refusal) {
      return "%s | %s, %s: %s"
          .formatted(kind, refusal.acknowledgement(), refusal.place(), refusal.fault().text);
    }
  }
}
