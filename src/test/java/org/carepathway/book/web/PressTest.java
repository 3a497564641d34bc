package org.carepathway.book.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.carepathway.book.Book;
import org.carepathway.book.BooksOnDisk;
import org.carepathway.book.Change;
import org.carepathway.book.Heritage;
import org.carepathway.book.Inventory;
import org.carepathway.book.Language;
import org.carepathway.content.ContentOnDisk;
import org.carepathway.content.PathwayContent;
import org.carepathway.worklist.web.OwnMessages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The PDF of each book; it is left in target/books to look at. */
@Tag("pdf")
@ExtendWith(OutputCaptureExtension.class)
class PressTest {

  private static final Path FOLDER = Path.of("target/books");

  private final Press press = new Press(engine());

  @ParameterizedTest
  @CsvSource({"vertebroplasty,en", "vertebroplasty,es", "kyphoplasty,en"})
  void aBookIsAPdfWithContentsAndNumberedPages(String key, String language, CapturedOutput output)
      throws IOException {
    Language words = language.equals("es") ? BooksOnDisk.SPANISH : BooksOnDisk.ENGLISH;
    String text = print(key + '-' + language, view(key, words, false), words.locale());
    assertThat(text).contains("1.0.0", "1 / ", "2 / ", "SNOMED CT", "LOINC");
    assertThat(output).doesNotContain("PDType1Font", "WARNING::");
  }

  @Test
  void ofAnHeirOnlyWhatIsItsOwnCanBePrinted() throws IOException {
    String text =
        print("kyphoplasty-own", view("kyphoplasty", BooksOnDisk.ENGLISH, true), Locale.ENGLISH);
    assertThat(text).contains("balloon").doesNotContain("Form: Triage");
  }

  private String print(String name, BookView view, Locale locale) throws IOException {
    byte[] pdf = press.print(view, locale);
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve(name + ".pdf"), pdf);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }

  private static BookView view(String key, Language language, boolean onlyOwn) {
    PathwayContent content = ContentOnDisk.content(key);
    Book book = BooksOnDisk.book(key, language);
    Inventory inventory = Inventory.of(book, language);
    List<Change> heir =
        content
            .inherits()
            .map(parent -> Inventory.of(BooksOnDisk.book(parent.key(), language), language))
            .map(inventory::since)
            .orElse(null);
    return new BookView(
        book,
        null,
        List.of(),
        heir == null ? List.of() : heir,
        heir == null ? Heritage.NONE : Heritage.of(heir),
        inventory.fingerprint(),
        onlyOwn,
        true);
  }

  private static SpringTemplateEngine engine() {
    ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/");
    resolver.setSuffix(".html");
    SpringTemplateEngine engine = new SpringTemplateEngine();
    engine.setTemplateResolver(resolver);
    engine.setTemplateEngineMessageSource(OwnMessages.SOURCE);
    return engine;
  }
}
