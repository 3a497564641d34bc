package org.carepathway.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** The language of one request, where it is not what the browser accepts. */
public final class SpokenLanguage {

  private static final String PARAMETER = "language";

  private SpokenLanguage() {}

  /**
   * The one that the address asks for, else the one given.
   *
   * @param preferred null to leave it to the browser
   */
  public static void choose(HttpServletRequest request, Locale preferred) {
    asked(request)
        .or(() -> Optional.ofNullable(preferred))
        .filter(Languages::isOffered)
        .ifPresent(
            locale ->
                request.setAttribute(CookieLocaleResolver.LOCALE_REQUEST_ATTRIBUTE_NAME, locale));
  }

  /** What an address needs so that the next page is in the language that was asked for. */
  public static String query(HttpServletRequest request) {
    return asked(request).map(locale -> "?" + PARAMETER + '=' + locale.getLanguage()).orElse("");
  }

  private static Optional<Locale> asked(HttpServletRequest request) {
    return Optional.ofNullable(request.getParameter(PARAMETER))
        .map(Locale::forLanguageTag)
        .filter(Languages::isOffered);
  }
}
