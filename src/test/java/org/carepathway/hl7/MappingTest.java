package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.carepathway.startup.StartUpException;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of the mapping: what is wrong with one is told at the start, and why one differs. */
class MappingTest {

  private static final String HEADER = "resource,field,to,as,guide,reason\n";
  private static final CSVFormat TABLE =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setCommentMarker('#')
          .setIgnoreEmptyLines(true)
          .build();

  @TempDir Path site;

  private StartUpException fault() {
    return catchThrowableOfType(
        StartUpException.class,
        () -> {
          Mapping.read(new MappingFiles(site));
          MessageKinds.of(new MappingFiles(site));
        });
  }

  private void write(String file, String content) throws IOException {
    Files.createDirectories(site.resolve(file).getParent());
    Files.writeString(site.resolve(file), content);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Patient,PID-5,nickname,HumanName,=,; has no element 'nickname'",
        "Pet,PID-5,name,HumanName,=,; There is no resource 'Pet'",
        "Patient,PID5,name,HumanName,=,; The column 'field'",
        "Patient,PID-5,name,HumanBeing,=,; There is no conversion 'HumanBeing'",
        "Patient,PID-8,gender,code:gender,=,; There is no codes/gender.csv",
        "Patient,PID-5,name,HumanName,name[1],; says why in the column 'reason'",
        "Patient,PID-5,name; A row has the columns",
      })
  void aRowThatMapsToNothingIsToldWithFileRowAndRemedy(String row, String remedy)
      throws IOException {
    write("segments.csv", HEADER + "Patient,PID-7,birthDate,date,=,\n" + row + "\n");
    StartUpException fault = fault();
    assertThat(fault).hasMessageContaining(site.resolve("segments.csv") + " row 2");
    assertThat(fault.remedy()).contains(remedy);
  }

  @Test
  void theOtherTablesAreCheckedToo() throws IOException {
    write("systems.csv", "kind,name,system\nword,X,urn:x\n");
    assertThat(fault()).hasMessageContaining("systems.csv row 1");
    write("systems.csv", "kind,name,system\ncode,X,none\n");
    assertThat(fault().remedy()).contains("URI");
    Files.delete(site.resolve("systems.csv"));
    write("codes/sex.csv", "code,system,target,display\nF,,female,\nF,,male,\n");
    assertThat(fault()).hasMessageContaining("sex.csv row 2");
    Files.delete(site.resolve("codes/sex.csv"));
    write("messages.csv", "message,tells,status\nADT^A01,WEATHER,\n");
    assertThat(fault().remedy()).contains("WEATHER").contains("ENCOUNTER");
  }

  @Test
  void aFolderThatIsNotThereIsTold() {
    assertThat(
            catchThrowableOfType(
                StartUpException.class, () -> new MappingFiles(site.resolve("nowhere"))))
        .hasMessageContaining("nowhere");
  }

  @Test
  void aFileOfTheSiteReplacesOursOfThatName() throws IOException {
    write("codes/sex.csv", "code,system,target,display\n2,,female,\n");
    Interpreter interpreter =
        new Interpreter(
            "test",
            StandardCharsets.UTF_8,
            Interpreting.MADRID,
            null,
            Mapping.read(new MappingFiles(site)),
            MessageKinds.of(new MappingFiles(site)));
    String message =
        Interpreting.HEADER.formatted("ADT^A08") + Interpreting.PID.replace("|F\r", "|2\r");
    Patient patient = new Patient();
    interpreter
        .interpret(interpreter.read(message.getBytes(StandardCharsets.UTF_8)))
        .patient()
        .accept(patient);
    assertThat(patient.getGender().toCode()).isEqualTo("female");
  }

  /** HL7's v2-to-FHIR: each row agrees with its tables or has a reason. */
  @Test
  void eachRowAgreesWithTheGuideOrHasAReason() throws IOException {
    Map<String, Set<String>> guide = new HashMap<>();
    for (CSVRecord row : read(Path.of("src/test/resources/hl7/v2-to-fhir.csv"))) {
      guide
          .computeIfAbsent(row.get("resource") + ' ' + row.get("field"), key -> new HashSet<>())
          .add(row.get("attribute").replaceAll("[(=].*|\\[\\d+]", "").strip());
    }
    assertThat(guide).hasSizeGreaterThan(150);
    for (CSVRecord row : read(Path.of("src/main/resources/hl7/segments.csv"))) {
      String field = row.get("resource") + ' ' + row.get("field").replaceFirst("\\..*", "");
      Set<String> there = guide.getOrDefault(field, Set.of());
      String to = row.get("to").replace("[x]", "");
      boolean agrees =
          there.stream()
              .anyMatch(
                  one -> one.equals(to) || row.get("to").endsWith("[x]") && one.startsWith(to));
      assertThat(row.get("guide").equals("="))
          .as("%s to %s; the guide: %s", field, row.get("to"), there)
          .isEqualTo(agrees);
      assertThat(agrees || !row.get("reason").isBlank()).as(field).isTrue();
    }
  }

  private static Iterable<CSVRecord> read(Path file) throws IOException {
    return TABLE.parse(Files.newBufferedReader(file)).getRecords();
  }
}
