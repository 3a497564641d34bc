package org.carepathway.book;

import ca.uhn.fhir.context.FhirContext;
import java.util.Locale;
import java.util.Map;
import org.carepathway.content.ContentOnDisk;
import org.carepathway.content.PathwayContent;
import org.carepathway.content.Translations;
import org.carepathway.template.FhirPaths;
import org.carepathway.worklist.web.OwnMessages;

/** The books of the content in the working directory. */
public final class BooksOnDisk {

  public static final Language ENGLISH = language(Locale.ENGLISH);
  public static final Language SPANISH = language(Locale.forLanguageTag("es"));

  private static final Bookbinding BINDING =
      new Bookbinding(new FhirPaths(FhirContext.forR4Cached()));

  private BooksOnDisk() {}

  public static Book book(PathwayContent content, Language language) {
    String inherits = content.inherits().map(parent -> parent.key()).orElse(null);
    return BINDING.bind(content, ContentOnDisk.scenarios(content.key()), inherits, language);
  }

  static Inventory things(PathwayContent content) {
    return Inventory.of(BINDING.bind(content, Map.of(), null, ENGLISH), ENGLISH);
  }

  private static Language language(Locale locale) {
    Translations translations = ContentOnDisk.translations();
    return new Language(
        locale,
        english -> translations.of(english, locale),
        (key, arguments) -> OwnMessages.SOURCE.getMessage(key, arguments, locale));
  }
}
