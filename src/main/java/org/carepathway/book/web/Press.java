package org.carepathway.book.web;

import java.util.Locale;
import java.util.Map;
import org.carepathway.document.Pdf;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Makes the PDF of a book. */
@Component
class Press {

  private final ITemplateEngine templates;

  Press(ITemplateEngine templates) {
    this.templates = templates;
  }

  byte[] print(BookView view, Locale language) {
    Context context = new Context(language, Map.of("view", view.onPaper()));
    return Pdf.of(templates.process("book/paper", context));
  }
}
