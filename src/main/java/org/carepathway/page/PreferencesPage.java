package org.carepathway.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** Keeps, in cookies of the browser, how a person wants the pages. */
@Controller
public class PreferencesPage {

  private static final Duration YEAR = Duration.ofDays(365);

  private final LocaleResolver locales;

  PreferencesPage(LocaleResolver locales) {
    this.locales = locales;
  }

  /**
   * @param keys whether single keys do something, {@code on} or {@code off}
   * @param back the page to return to; only pages of this service
   */
  @PostMapping("/preferences")
  String keep(
      @RequestParam(required = false) String language,
      @RequestParam(required = false) String theme,
      @RequestParam(required = false) String keys,
      @RequestParam(defaultValue = "/") String back,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (language != null && Languages.isOffered(Locale.forLanguageTag(language))) {
      locales.setLocale(request, response, Locale.forLanguageTag(language));
    }
    if (theme != null) {
      set(response, Theme.COOKIE, Theme.ofCode(theme).code());
    }
    if (keys != null) {
      set(response, Display.KEYS, keys.equals(Display.OFF) ? Display.OFF : "on");
    }
    return "redirect:" + (isOurs(back) ? back : "/");
  }

  private static void set(HttpServletResponse response, String name, String value) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name, value)
            .path("/")
            .maxAge(YEAR)
            .httpOnly(true)
            .sameSite("Lax")
            .build()
            .toString());
  }

  /** A path, and neither {@code //elsewhere} nor {@code /\elsewhere}. */
  public static boolean isOurs(String back) {
    return back.matches("/([^/\\\\\\p{Cntrl}][^\\p{Cntrl}]*)?");
  }
}
