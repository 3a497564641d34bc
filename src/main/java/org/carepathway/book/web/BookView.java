package org.carepathway.book.web;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.book.Book;
import org.carepathway.book.Change;
import org.carepathway.book.Heritage;
import org.carepathway.engine.model.Drawing;

/**
 * A book as it is shown.
 *
 * @param before the version that it is compared with; null for the first one
 * @param changes since that version
 * @param heir what differs from the pathway that it inherits from
 * @param onlyOwn whether what is inherited unchanged is left out
 * @param paper whether it is drawn for the PDF
 */
public record BookView(
    Book book,
    String before,
    List<Change> changes,
    List<Change> heir,
    Heritage heritage,
    String fingerprint,
    boolean onlyOwn,
    boolean paper) {

  /** Whether a part of the book is shown. */
  public boolean shows(String anchor) {
    return !onlyOwn || !"inherited".equals(heritage.of(anchor));
  }

  /** What is said of where a part comes from; null for nothing. */
  public String origin(String anchor) {
    return heritage.of(anchor);
  }

  public boolean showsStage(Book.Stage stage) {
    return shows("stage-" + stage.id())
        || shows("step-" + stage.id())
        || stage.forms().stream().anyMatch(form -> shows("form-" + form.id()))
        || stage.decisions().stream().anyMatch(decision -> shows("decision-" + decision.id()));
  }

  /** The steps that are told, each once. */
  public List<Book.Step> steps(Book.Stage stage) {
    Set<List<String>> told = new HashSet<>();
    return stage.steps().stream()
        .filter(Book.Step::shown)
        .filter(
            step ->
                told.add(
                    List.of(step.name(), step.who(), step.does(), String.valueOf(step.form()))))
        .toList();
  }

  /** The title of a form. */
  public String title(String form) {
    return book.allForms().stream()
        .filter(some -> some.id().equals(form))
        .map(Book.FormPart::title)
        .findFirst()
        .orElse(form);
  }

  /** The names of the values that the hospital set. */
  public String setHere() {
    return book.values().stream()
        .filter(value -> value.of().isSetHere())
        .map(value -> value.of().name())
        .collect(Collectors.joining(", "));
  }

  public Canvas canvas(Drawing drawing) {
    return Canvas.of(drawing);
  }

  public BookView onPaper() {
    return new BookView(book, before, changes, heir, heritage, fingerprint, onlyOwn, true);
  }
}
