package org.carepathway.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As what entries are stored, what they refer to, and how they are cut. */
class SourcesTest {

  private static final String UUID_1 = "11111111-1111-4111-8111-111111111111";
  private static final String MR =
      "\"identifier\":[{\"type\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v2-0203\",\"code\":\"MR\"}]},\"system\":\"urn:s\",\"value\":\"%s\"}]";

  @TempDir Path folder;

  private Refused refused;
  private LoadFiles files;
  private LoadOptions options;

  private Sources sources(String lines, String... more) throws Exception {
    Path file = Files.writeString(folder.resolve("a.ndjson"), lines);
    List<String> arguments = new ArrayList<>(List.of("load", file.toString()));
    arguments.addAll(List.of(more));
    options = LoadOptions.of(arguments.toArray(String[]::new), Map.of(LoadOptions.TOKEN, "t"));
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    refused = new Refused(folder.resolve("refused.tsv"), out);
    files = LoadFiles.read(options.files(), refused);
    return Sources.of(files.entries(), files, options, refused);
  }

  private List<Part> parts(Sources sources) throws Exception {
    try (Journal journal = Journal.open(folder.resolve("journal.tsv"), options.service())) {
      return Parts.of(sources, journal, options);
    }
  }

  private static String line(String type, String id, String more) {
    return "{\"resourceType\":\"%s\",\"id\":\"%s\"%s}\n".formatted(type, id, more);
  }

  @Test
  void anIdThatIsAUuidIsKept() throws Exception {
    Sources sources = sources(line("Condition", UUID_1, ""));
    assertThat(sources.target(sources.entries().get(0)))
        .isEqualTo(new Target("PUT", "Condition/" + UUID_1, null, "Condition/" + UUID_1));
  }

  @Test
  void aNumberNeedsToBeSaidWhoseItIs() throws Exception {
    assertThatThrownBy(() -> sources(line("Condition", "1", "")))
        .isInstanceOf(LoadStopped.class)
        .hasMessageContainingAll("Condition/1", "--source=");
    String north = known(sources(line("Condition", "1", ""), "--source=https://north.example"));
    String south = known(sources(line("Condition", "1", ""), "--source=https://south.example"));
    assertThat(north).isNotEqualTo(south).doesNotEndWith("/1");
    assertThat(known(sources(line("Condition", "1", ""), "--source=https://north.example")))
        .isEqualTo(north);
  }

  private static String known(Sources sources) {
    return sources.target(sources.entries().get(0)).known();
  }

  @Test
  void aPatientIsStoredOnTheConditionOfTheRecordNumber() throws Exception {
    Sources sources = sources(line("Patient", UUID_1, "," + MR.formatted("7")));
    assertThat(sources.target(sources.entries().get(0)))
        .isEqualTo(new Target("POST", "Patient", "identifier=urn%3As%7C7", null));
  }

  @Test
  void twoPatientsWithOneRecordNumberAreNotMixed() throws Exception {
    Sources sources =
        sources(
            line("Patient", UUID_1, "," + MR.formatted("7"))
                + line("Patient", UUID_1.replace('1', '2'), "," + MR.formatted("7")));
    assertThat(sources.entries()).hasSize(1);
    refused.tell();
    assertThat(Files.readString(folder.resolve("refused.tsv"))).contains("same record number");
  }

  @Test
  void whatIsThereTwiceIsStoredOnceAndWhatDiffersIsRefused() throws Exception {
    String one = line("Condition", UUID_1, "");
    assertThat(sources(one + one).entries()).hasSize(1);
    assertThat(refused.isEmpty()).isTrue();
    assertThat(sources(one + line("Condition", UUID_1, ",\"note\":[]")).entries()).hasSize(1);
    assertThat(refused.size()).isOne();
  }

  @Test
  void noPartRefersToWhatComesLater() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      String condition = "\"reasonReference\":[{\"reference\":\"Condition/c%d\"}]".formatted(i);
      lines.append(
          line("Encounter", "e" + i, ",\"subject\":{\"reference\":\"Patient/p\"}," + condition));
      lines.append(
          line(
              "Observation",
              "o" + i,
              ",\"encounter\":{\"reference\":\"Encounter/e"
                  + i
                  + "\"},\"performer\":[{\"reference\":\"Practitioner?identifier=urn:n%7C"
                  + i
                  + "\"}]"));
      lines.append(
          line("Condition", "c" + i, ",\"encounter\":{\"reference\":\"Encounter/e" + i + "\"}"));
      lines.append(
          line(
              "Practitioner",
              "d" + i,
              ",\"identifier\":[{\"system\":\"urn:n\",\"value\":\"" + i + "\"}]"));
    }
    lines.append(line("Patient", "p", "," + MR.formatted("7")));
    Sources sources = sources(lines.toString(), "--source=urn:here", "--part=10");

    List<Part> parts = parts(sources);

    Set<Entry> before = new HashSet<>();
    for (Part part : parts) {
      List<Entry> own = part.entries().toList();
      assertThat(own.size()).isLessThanOrEqualTo(10);
      before.addAll(own);
      for (Entry entry : own) {
        assertThat(entry.references())
            .allSatisfy(reference -> assertThat(before).contains(sources.named(entry, reference)));
      }
    }
    assertThat(before).hasSize(241);
    // 60 practitioners, the patient, and 180 more in circles of two and by themselves.
    assertThat(parts).hasSizeLessThan(30);
    assertThat(parts)
        .filteredOn(part -> part.entries().anyMatch(entry -> entry.type().equals("Patient")))
        .singleElement()
        .satisfies(part -> assertThat(part.entries()).hasSize(1));
  }

  @Test
  void oneIdInTwoSystemsMeansTwoThings() throws Exception {
    Files.createDirectories(folder.resolve("b"));
    for (String system : List.of("north", "south")) {
      Files.writeString(
          folder.resolve("b").resolve(system + ".json"),
          """
          {"resourceType":"Bundle","type":"searchset","entry":[
          {"fullUrl":"https://%1$s.example/Patient/1","resource":{"resourceType":"Patient","id":"1","gender":"other"}},
          {"fullUrl":"https://%1$s.example/Condition/1","resource":{"resourceType":"Condition","id":"1","subject":{"reference":"Patient/1"}}}]}"""
              .formatted(system));
    }
    LoadOptions both =
        LoadOptions.of(
            new String[] {"load", folder.resolve("b").toString()}, Map.of(LoadOptions.TOKEN, "t"));
    Refused none = new Refused(folder.resolve("r"), System.out);
    LoadFiles read = LoadFiles.read(both.files(), none);
    Sources sources = Sources.of(read.entries(), read, both, none);
    assertThat(sources.entries()).hasSize(4);
    assertThat(none.isEmpty()).isTrue();
    for (int i : List.of(1, 3)) {
      Entry condition = sources.entries().get(i);
      assertThat(sources.named(condition, "Patient/1")).isSameAs(sources.entries().get(i - 1));
    }
  }

  @Test
  void whatWasStoredIsNotSentAgain() throws Exception {
    String lines = line("Condition", UUID_1, "") + line("Goal", UUID_1, "");
    Sources sources = sources(lines);
    try (Journal journal = Journal.open(folder.resolve("journal.tsv"), options.service())) {
      journal.keep(Map.of(sources.entries().get(0), "Condition/" + UUID_1));
    }
    assertThat(parts(sources(lines)).stream().flatMap(Part::entries))
        .extracting(Entry::type)
        .containsExactly("Goal");
    String changed =
        lines.replace("}\n{\"resourceType\":\"Goal", ",\"note\":[]}\n{\"resourceType\":\"Goal");
    assertThat(parts(sources(changed)).stream().flatMap(Part::entries)).hasSize(2);
    assertThatThrownBy(() -> Journal.open(folder.resolve("journal.tsv"), "https://other"))
        .isInstanceOf(LoadStopped.class)
        .hasMessageContaining("--journal");
  }

  @Test
  void anOptionThatIsNoneIsTold() {
    for (String option : List.of("--too=x", "--connections=0", "--part=x", "--user")) {
      assertThatThrownBy(
              () ->
                  LoadOptions.of(
                      new String[] {"load", "a.json", option}, Map.of(LoadOptions.TOKEN, "t")))
          .as(option)
          .isInstanceOf(LoadStopped.class);
    }
    assertThatThrownBy(() -> LoadOptions.of(new String[] {"load", "a.json"}, Map.of()))
        .hasMessageContaining(LoadOptions.TOKEN);
    assertThatThrownBy(() -> LoadOptions.of(new String[] {"load"}, Map.of()))
        .isInstanceOf(LoadStopped.class);
  }
}
