package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.carepathway.outreach.Handover.Later;
import org.carepathway.outreach.Handover.Taken;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Letters in the folder of a print service. */
@Tag("pdf")
class LetterCarrierTest {

  private static final Outgoing LETTER =
      new Outgoing(
          UUID.fromString("11111111-2222-4333-8444-555555555555"),
          "Calle Mayor 1\n28000 Ciudad",
          "es",
          "Hospital: unas preguntas",
          "Abra https://care.example.org/link/abc. Mañana <no>.");

  @TempDir private Path folder;

  @Test
  void aLetterIsOnePdfHoweverOftenItIsHandedOver() throws Exception {
    LetterCarrier letters = carrier(folder.resolve("letters"));

    assertThat(letters.handOver(LETTER)).isEqualTo(new Taken(null));
    assertThat(letters.handOver(LETTER)).isEqualTo(new Taken(null));

    assertThat(letters.isRepeatable()).isTrue();
    try (Stream<Path> found = Files.list(folder.resolve("letters"))) {
      assertThat(found.map(file -> file.getFileName().toString()))
          .containsExactly(LETTER.id() + ".pdf");
    }
    assertThat(text(folder.resolve("letters").resolve(LETTER.id() + ".pdf")))
        .contains("Calle Mayor 1", "28000 Ciudad", "unas preguntas", "/link/abc", "Mañana <no>.");
  }

  @Test
  void aFolderThatIsNotThereIsTriedAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    assertThat(carrier(file).handOver(LETTER)).isInstanceOf(Later.class);
  }

  private static String text(Path file) throws IOException {
    try (var document = Loader.loadPDF(file.toFile())) {
      return new PDFTextStripper().getText(document);
    }
  }

  private static LetterCarrier carrier(Path letters) {
    return new LetterCarrier(
        new OutreachSettings(
            null, "", 5, Duration.ofMinutes(1), null, null, null, letters, List.of(), null, false));
  }
}
