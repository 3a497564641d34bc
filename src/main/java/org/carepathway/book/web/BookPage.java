package org.carepathway.book.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The books to read, to print and as PDF. */
@Controller
@RequestMapping("/books")
class BookPage {

  private final Library library;
  private final Press press;

  /** A PDF takes seconds to make too. */
  private final Cache<Printed, byte[]> printed =
      Caffeine.newBuilder().maximumSize(Library.MOST_KEPT).build();

  private record Printed(
      String key, String version, String before, boolean onlyOwn, Locale language) {}

  BookPage(Library library, Press press) {
    this.library = library;
    this.press = press;
  }

  @GetMapping
  String list(Model model) {
    model.addAttribute("shelves", library.shelves());
    return "books";
  }

  /**
   * @param only {@code own}: what an heir inherits unchanged is left out
   */
  @GetMapping("/{key}/{version}")
  String page(
      @PathVariable String key,
      @PathVariable String version,
      @RequestParam(defaultValue = "") String only,
      Model model) {
    model.addAttribute("view", library.open(key, version, only.equals("own")));
    return "book";
  }

  @GetMapping(value = "/{key}/{version}/book.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
  ResponseEntity<byte[]> pdf(
      @PathVariable String key,
      @PathVariable String version,
      @RequestParam(defaultValue = "") String only) {
    Locale language = Locale.forLanguageTag(LocaleContextHolder.getLocale().getLanguage());
    BookView view = library.open(key, version, only.equals("own"));
    byte[] pdf =
        printed.get(
            new Printed(key, version, view.before(), view.onlyOwn(), language),
            one -> press.print(view, language));
    return ResponseEntity.ok()
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "inline; filename=\"%s-%s.pdf\"".formatted(key, version))
        .body(pdf);
  }
}
