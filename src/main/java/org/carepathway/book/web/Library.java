package org.carepathway.book.web;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carepathway.book.Book;
import org.carepathway.book.Bookbinding;
import org.carepathway.book.Change;
import org.carepathway.book.Heritage;
import org.carepathway.book.Inventory;
import org.carepathway.book.Language;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.content.ScenarioFiles;
import org.carepathway.page.Texts;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The books of the pathways of this service, in the reader's language. */
@Component
class Library {

  /** Both ways of printing it in both languages, for some versions. */
  static final int MOST_KEPT = 20;

  private final Catalogue catalogue;
  private final Bookbinding binding;
  private final ScenarioFiles scenarios;
  private final Texts texts;

  /** Binding a book takes seconds, and neither of the versions that it compares changes. */
  private final Cache<Opened, BookView> opened =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

  private record Opened(
      String key, String version, String before, boolean onlyOwn, Locale language) {}

  Library(Catalogue catalogue, Bookbinding binding, ScenarioFiles scenarios, Texts texts) {
    this.catalogue = catalogue;
    this.binding = binding;
    this.scenarios = scenarios;
    this.texts = texts;
  }

  /**
   * @param versions the newest first
   */
  record Shelf(String key, String title, List<String> versions) {}

  Collection<Shelf> shelves() {
    return catalogue.offered().stream()
        .map(
            content ->
                new Shelf(
                    content.key(),
                    texts.of(content.plan().getTitle()),
                    newestFirst(catalogue.versions(content.key()))))
        .sorted(Comparator.comparing(Shelf::key))
        .toList();
  }

  /**
   * @throws ResourceNotFoundException (404) when there is none
   */
  BookView open(String key, String version, boolean onlyOwn) {
    String before = before(key, version);
    return opened.get(
        new Opened(key, version, before, onlyOwn, LocaleContextHolder.getLocale()),
        one -> bind(key, version, before, onlyOwn));
  }

  private BookView bind(String key, String version, String before, boolean onlyOwn) {
    PathwayContent content =
        catalogue
            .find(key, version)
            .orElseThrow(
                () ->
                    new ResourceNotFoundException(
                        "There is no book of %s %s.".formatted(key, version)));
    PathwayContent parent =
        content
            .inherits()
            .flatMap(inherited -> catalogue.find(inherited.key(), inherited.version()))
            .orElse(null);
    Book book = bind(content, stories(content), parent);
    Inventory inventory = Inventory.of(book, language());
    List<Change> changes =
        before == null ? List.of() : inventory.since(things(catalogue.content(key, before)));
    List<Change> heir = parent == null ? List.of() : inventory.since(things(parent));
    return new BookView(
        book,
        before,
        changes,
        heir,
        parent == null ? Heritage.NONE : Heritage.of(heir),
        inventory.fingerprint(),
        onlyOwn && parent != null,
        false);
  }

  private Inventory things(PathwayContent content) {
    return Inventory.of(bind(content, Map.of(), null), language());
  }

  private Book bind(PathwayContent content, Map<String, String> stories, PathwayContent parent) {
    String inherits =
        parent == null ? null : texts.of(parent.plan().getTitle()) + ' ' + parent.version();
    return binding.bind(content, stories, inherits, language());
  }

  private Language language() {
    return new Language(LocaleContextHolder.getLocale(), texts::of, texts::message);
  }

  /** Scenarios lie beside the content of the present version only. */
  private Map<String, String> stories(PathwayContent content) {
    boolean present =
        catalogue.offered().stream()
            .anyMatch(
                offered ->
                    offered.key().equals(content.key())
                        && offered.version().equals(content.version()));
    return present ? scenarios.of(content.key()) : Map.of();
  }

  private static List<String> newestFirst(List<String> versions) {
    List<String> newest = new ArrayList<>(versions);
    Collections.reverse(newest);
    return newest;
  }

  private String before(String key, String version) {
    List<String> versions = catalogue.versions(key);
    int place = versions.indexOf(version);
    return place > 0 ? versions.get(place - 1) : null;
  }
}
