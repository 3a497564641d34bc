package org.carepathway.page;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** The languages of the pages: the one that a person chose, else the first that they accept. */
@Configuration(proxyBeanMethods = false)
class Languages {

  /** Each has its {@code messages_*.properties}; English is the one without a suffix. */
  static final List<Locale> OFFERED = List.of(Locale.ENGLISH, Locale.forLanguageTag("es"));

  private static final String COOKIE = "language";

  @Bean
  LocaleResolver localeResolver() {
    CookieLocaleResolver resolver = new CookieLocaleResolver(COOKIE);
    resolver.setCookieMaxAge(Duration.ofDays(365));
    resolver.setCookieHttpOnly(true);
    resolver.setCookieSameSite("Lax");
    resolver.setRejectInvalidCookies(false);
    resolver.setDefaultLocaleFunction(request -> accepted(request.getHeader("Accept-Language")));
    return resolver;
  }

  /** The first language of an Accept-Language header that is offered, with its region. */
  static Locale accepted(String header) {
    if (header == null) {
      return OFFERED.get(0);
    }
    try {
      return Locale.LanguageRange.parse(header).stream()
          .map(range -> Locale.forLanguageTag(range.getRange()))
          .filter(Languages::isOffered)
          .findFirst()
          .orElse(OFFERED.get(0));
    } catch (IllegalArgumentException malformed) {
      return OFFERED.get(0);
    }
  }

  static boolean isOffered(Locale locale) {
    return OFFERED.stream().anyMatch(known -> known.getLanguage().equals(locale.getLanguage()));
  }
}
