package org.carepathway.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.carepathway.clock.SiteSettings;
import org.carepathway.content.Translations;
import org.carepathway.document.Page.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

@ExtendWith(OutputCaptureExtension.class)
class PagesTest {

  private static final String HTML = "<b>Ana</b> & Łucja, 38 °C, ≥ 2 <script>alert(1)</script>";

  private static final Letterhead LETTERHEAD =
      new Letterhead(
          "Example Hospital",
          "Spine clinic",
          List.of("1 Example Street"),
          "+34 900 000 000",
          "+34 900 000 001",
          "112");

  private final Pages pages =
      new Pages(new PatientTexts(), wording(), messages(), engine(), LETTERHEAD, Clock.systemUTC());

  @ParameterizedTest
  @ValueSource(strings = {HTML, "Ana Núñez, 38 °C"})
  void whatIsInAPdfCanBeRead(String patient) throws IOException {
    byte[] pdf = pages.pdf(page(Locale.ENGLISH, patient));
    try (PDDocument document = Loader.loadPDF(pdf)) {
      String text = new PDFTextStripper().getText(document);
      assertThat(text).contains(patient, "Letter", "Patient", "Second paragraph");
      assertThat(document.getNumberOfPages()).isEqualTo(1);
    }
  }

  /** The reader of a PDF puts letters from right to left back into the order of speech. */
  @ParameterizedTest
  @ValueSource(strings = {"יעל כהן", "فاطمة الزهراء"})
  void namesFromRightToLeftAreThere(String patient) throws IOException {
    try (PDDocument document = Loader.loadPDF(pages.pdf(page(Locale.ENGLISH, patient)))) {
      String text =
          Normalizer.normalize(new PDFTextStripper().getText(document), Normalizer.Form.NFKC);
      assertThat(text).contains(patient).doesNotContain("#");
    }
  }

  /** Wherever a heading comes to stand, the text that it is for is on the same page. */
  @ParameterizedTest
  @ValueSource(strings = {"discharge.en", "discharge.es", "activity.en"})
  void noHeadingIsAloneAtTheEndOfAPage(String name) throws IOException {
    String text =
        Files.readString(Path.of("fhir-profiles/vertebroplasty/text", name + ".md"))
            .replaceFirst("(?s)^---\\n.*?\\n---\\n", "");
    List<String> headings =
        text.lines()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("^#+ ", ""))
            .toList();
    assertThat(headings).hasSizeGreaterThan(3);
    for (int before = 0; before < 45; before++) {
      assertThat(lastLines(pages.pdf(longPage(before, new PatientTexts().html(text)))))
          .as("after %d paragraphs", before)
          .hasSizeGreaterThan(1)
          .doesNotContainAnyElementsOf(headings)
          .doesNotContain("How to reach us");
    }
  }

  private static List<String> lastLines(byte[] pdf) throws IOException {
    List<String> last = new ArrayList<>();
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDFTextStripper reader = new PDFTextStripper();
      for (int page = 1; page <= document.getNumberOfPages(); page++) {
        reader.setStartPage(page);
        reader.setEndPage(page);
        List<String> lines =
            reader
                .getText(document)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.matches("\\d+ / \\d+"))
                .toList();
        last.add(lines.get(lines.size() - 1));
      }
    }
    return last;
  }

  /** Who writes, how they are reached, who else reads it and who signs. */
  @Test
  void aLetterSaysWhoWritesAndHowToReachThem() {
    assertThat(pages.html(page(Locale.ENGLISH, "Ana Núñez")))
        .contains(
            "Example Hospital",
            "Spine clinic",
            "1 Example Street",
            "Another reader",
            "How to reach us",
            "By day: +34 900 000 000",
            "Writer");
  }

  @ParameterizedTest
  @ValueSource(strings = {HTML, "Ana Núñez, 38 °C"})
  void aLetterWarnsOfNothing(String patient, CapturedOutput output) {
    pages.pdf(page(Locale.ENGLISH, patient));
    assertThat(output).doesNotContain("WARN");
  }

  @Test
  void aSheetIsInThePatientsLanguage() {
    assertThat(pages.html(page(Locale.forLanguageTag("es"), HTML)))
        .contains("lang=\"es\"", "To whom");
  }

  @Test
  void htmlInALetterIsText() {
    assertThat(pages.html(page(Locale.ENGLISH, HTML))).doesNotContain("<script", "<b>");
  }

  private static Page page(Locale locale, String patient) {
    return page(locale, patient, List.of(patient, "Second paragraph"), List.of("<h2>Texts</h2>"));
  }

  private static Page longPage(int paragraphs, String text) {
    return page(Locale.ENGLISH, "Ana", Collections.nCopies(paragraphs, "Line"), List.of(text));
  }

  private static Page page(
      Locale locale, String patient, List<String> paragraphs, List<String> texts) {
    return new Page(
        locale,
        new Words("Patient", "To whom", "Copy to", "From", "When", "How to reach us"),
        LETTERHEAD,
        "Letter",
        List.of(patient, "Born: 1939-07-26"),
        "Pathway",
        "Reader",
        List.of("Another reader"),
        "22 November 2026",
        paragraphs,
        texts,
        List.of("By day: +34 900 000 000"),
        "Writer");
  }

  private static Wording wording() {
    return new Wording(
        new Translations(), new SiteSettings(null, Locale.ENGLISH, null), messages());
  }

  private static ResourceBundleMessageSource messages() {
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasename("messages");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    return messages;
  }

  private static SpringTemplateEngine engine() {
    ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/");
    resolver.setSuffix(".html");
    SpringTemplateEngine engine = new SpringTemplateEngine();
    engine.setTemplateResolver(resolver);
    engine.setTemplateEngineMessageSource(messages());
    return engine;
  }
}
