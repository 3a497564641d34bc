package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.carepathway.document.Documents;
import org.carepathway.document.Page;
import org.hl7.fhir.r4.model.DocumentReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is handed out is written for people: no code, no duration or date of a machine, no blank
 * that nothing was put into. {@code -Dletters=FOLDER} keeps the letters, to be looked at.
 */
@Tag("rehearsal")
class LettersReadWellTest {

  private static final Pattern MACHINE =
      Pattern.compile(
          "\\b\\d{4}-\\d{2}-\\d{2}\\b|\\bP(?:\\d+D|T\\d+[HM])|\\b[A-Z]{3,}_[A-Z]|\\{\\{|%[a-z]|\\bnull\\b"
              + "|\\bdrug-[a-z]|\\bpolicy [a-z]|\\[[^\\]]*/[^\\]]*\\]|\\bD\\d row|\\bMG/ML\\b|\\b10[*^]\\d"
              + "|\\((?:substance|disorder|finding)\\)|[^.]\\.\\. ");

  @TempDir private Path folder;

  private final Map<String, String> letters = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({
    "happy-path, en-US",
    "happy-path, es",
    "no-show-twice, es",
    "not-a-candidate, en-US",
    "consent-refused, es",
    "surgery-after-the-clinic, en-US"
  })
  void noLetterSpeaksLikeAMachine(String scenario, String language) throws Exception {
    Path file = Path.of("bpmn/vertebroplasty/scenarios", scenario + ".yaml");
    Rehearsal stage = Rehearsal.open();
    ScenarioRun.play(
        stage,
        ScenarioRun.read(file),
        patient(language),
        (step, journey) -> collect(stage, journey));
    assertThat(letters).isNotEmpty();
    letters.forEach(
        (title, text) ->
            assertThat(MACHINE.matcher(text).results().map(found -> found.group()).toList())
                .as(title + ": " + text)
                .isEmpty());
  }

  private Path patient(String language) throws IOException {
    String text = Files.readString(Path.of("src/test/resources/patients/boehm-cassaundra.json"));
    assertThat(text).contains("\"en-US\"");
    return Files.writeString(
        folder.resolve("patient.json"), text.replace("\"en-US\"", '"' + language + '"'));
  }

  private void collect(Rehearsal stage, Journey journey) {
    journey.record().stream()
        .filter(DocumentReference.class::isInstance)
        .map(DocumentReference.class::cast)
        .filter(document -> !letters.containsKey(document.getId()))
        .forEach(document -> read(stage, journey, document));
  }

  private void read(Rehearsal stage, Journey journey, DocumentReference document) {
    Documents.message(journey.view(), document)
        .map(message -> stage.pages.of(journey.view(), message, Documents.texts(document)))
        .ifPresent(page -> letters.put(document.getId(), text(stage.pages.pdf(page), page)));
  }

  private static String text(byte[] pdf, Page page) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      String folder = System.getProperty("letters");
      if (folder != null) {
        Files.createDirectories(Path.of(folder));
        Files.write(
            Path.of(folder, page.title().replaceAll("\\W+", "-") + '-' + pdf.length + ".pdf"), pdf);
      }
      return new PDFTextStripper().getText(document);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
