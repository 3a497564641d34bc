package org.carepathway.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken as a file, and what is said of one that is none. */
class LoadFilesTest {

  private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"%s\"}";

  @TempDir Path folder;

  private List<String> refused = List.of();

  private List<Entry> read(String name, String content) throws IOException {
    return read(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private List<Entry> read(String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    Path list = folder.resolve("refused.tsv");
    Refused refusals =
        new Refused(
            list, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    List<Entry> entries = LoadFiles.read(List.of(file), refusals).entries();
    refusals.tell();
    refused = Files.exists(list) ? Files.readAllLines(list) : List.of();
    return entries;
  }

  private static String bundle(String type, String... entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}"
        .formatted(type, String.join(",", entries));
  }

  private static String entry(String id) {
    return "{\"fullUrl\":\"http://x/Patient/%s\",\"resource\":%s}"
        .formatted(id, PATIENT.formatted(id));
  }

  @Test
  void bundlesOfEveryTypeThatBringsResources() throws Exception {
    for (String type : List.of("transaction", "batch", "collection", "searchset", "document")) {
      assertThat(read("a.json", bundle(type, entry("1"), entry("2")))).hasSize(2);
      assertThat(refused).isEmpty();
    }
    for (String type : List.of("history", "transaction-response", "message", "")) {
      assertThat(read("a.json", bundle(type, entry("1")))).isEmpty();
      assertThat(refused).hasSize(2).last().asString().contains("a.json", "'" + type + "'");
    }
  }

  @Test
  void linesWithBlankOnesBetweenAndAMarkInFront() throws Exception {
    String lines = "\uFEFF" + PATIENT.formatted("1") + "\r\n\r\n  \n" + PATIENT.formatted("2");
    for (String name : List.of("a.ndjson", "a.jsonl", "a.json")) {
      List<Entry> entries = read(name, lines);
      assertThat(entries).extracting(Entry::place).as(name).containsExactly(1, 4);
      assertThat(refused).isEmpty();
    }
  }

  @Test
  void aLineThatIsNoneIsRefusedAndTheOthersAreTaken() throws Exception {
    String half = "{\"resourceType\":\"Pat";
    List<Entry> entries =
        read("a.ndjson", PATIENT.formatted("1") + "\n" + half + "\n" + PATIENT.formatted("3"));
    assertThat(entries).extracting(Entry::id).containsExactly("1", "3");
    assertThat(refused).hasSize(2).last().asString().contains("a.ndjson\t2\t", "no JSON");
  }

  @Test
  void halfABundleIsRefusedAsAWhole() throws Exception {
    String whole = bundle("transaction", entry("1"), entry("2"));
    assertThat(read("a.json", whole.substring(0, whole.length() - 20))).isEmpty();
    assertThat(refused)
        .last()
        .asString()
        .contains("a.json", "no JSON (line 1", "Nothing of this file was sent");
    assertThat(read("a.json", whole + "}")).isEmpty();
    assertThat(refused).hasSize(2);
  }

  @Test
  void otherThingsThatAreNone() throws Exception {
    assertThat(read("a.json", "")).isEmpty();
    assertThat(refused).isEmpty();
    assertThat(read("a.json", "<Bundle xmlns=\"http://hl7.org/fhir\"/>")).isEmpty();
    assertThat(refused).last().asString().contains("no JSON");
    assertThat(read("a.json", "Jos\u00e9".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    assertThat(refused).last().asString().contains("UTF-8");
    assertThat(read("a.json", "{\"resourceType\":\"Patient\",\"id\":\"1\",\"id\":\"2\"}"))
        .isEmpty();
    assertThat(refused).last().asString().contains("Duplicate");
    assertThat(read("a.json", bundle("collection", "{\"fullUrl\":\"urn:uuid:1\"}"))).isEmpty();
    assertThat(refused).last().asString().contains("a.json\t1\t", "no resource");
    assertThatThrownBy(() -> LoadFiles.read(List.of(folder.resolve("none.json")), null))
        .isInstanceOf(LoadStopped.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void numbersStayAsTheyWereWritten() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("n.json"),
            "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1.50}}");
    LoadFiles files = LoadFiles.read(List.of(file), null);
    assertThat(files.resource(files.entries().get(0)).toString()).contains("\"value\":1.50}");
  }

  @Test
  void whatAnEntryRefersToIsFoundEverywhereInIt() throws Exception {
    Entry entry =
        read(
                "a.json",
                """
                {"resourceType":"Encounter","id":"e","subject":{"reference":"Patient/1"},
                "participant":[{"individual":{"reference":"Practitioner?identifier=s|v"}}],
                "contained":[{"resourceType":"Location","id":"l","managingOrganization":{"reference":"#o"}}],
                "extension":[{"url":"u","valueReference":{"reference":"urn:uuid:x"}}]}""")
            .get(0);
    assertThat(entry.references())
        .containsExactlyInAnyOrder("Patient/1", "Practitioner?identifier=s|v", "#o", "urn:uuid:x");
  }
}
