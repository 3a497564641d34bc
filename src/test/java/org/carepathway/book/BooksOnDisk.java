package org.carepathway.book;

import ca.uhn.fhir.context.FhirContext;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  private static final Map<String, Book> BOUND = new ConcurrentHashMap<>();
  private static final Map<String, Inventory> THINGS = new ConcurrentHashMap<>();

  private BooksOnDisk() {}

  /** The book of a pathway as it is on the disk, bound once. */
  public static Book book(String key, Language language) {
    return BOUND.computeIfAbsent(
        key + language.locale(), any -> book(ContentOnDisk.content(key), language));
  }

  public static Book book(PathwayContent content, Language language) {
    String inherits = content.inherits().map(parent -> parent.key()).orElse(null);
    return BINDING.bind(content, ContentOnDisk.scenarios(content.key()), inherits, language);
  }

  static Inventory things(String key) {
    return THINGS.computeIfAbsent(key, any -> things(ContentOnDisk.content(key)));
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
