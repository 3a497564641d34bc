package org.carepathway.page;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Tells every page how the person wants it: language, light or dark, and where they are. */
@Component("display")
class Display {

  static final String KEYS = "keys";
  static final String OFF = "off";

  /** Pages that the menu does not name, and under which of its parts they are. */
  private static final Map<String, String> PART_OF =
      Map.of(
          "patients", "pathways",
          "referrals", "pathways",
          "tasks", "worklist",
          "absences", "worklist",
          "week-plan", "day");

  private final HttpServletRequest request;

  /**
   * @param request the current one, whichever it is
   */
  Display(HttpServletRequest request) {
    this.request = request;
  }

  public String language() {
    return LocaleContextHolder.getLocale().getLanguage();
  }

  public List<Language> languages() {
    return Languages.OFFERED.stream()
        .map(locale -> new Language(locale.getLanguage(), locale.getDisplayLanguage(locale)))
        .toList();
  }

  public String theme() {
    Cookie cookie = WebUtils.getCookie(request, Theme.COOKIE);
    return Theme.ofCode(cookie == null ? null : cookie.getValue()).code();
  }

  public List<String> themes() {
    return Arrays.stream(Theme.values()).map(Theme::code).toList();
  }

  /** Whether single keys do something: {@code on} until somebody switches them off. */
  public String keys() {
    Cookie cookie = WebUtils.getCookie(request, KEYS);
    return cookie != null && OFF.equals(cookie.getValue()) ? OFF : "on";
  }

  /** Path and query of the page. */
  public String here() {
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String query = request.getQueryString();
    String path = failed == null ? request.getRequestURI() : failed.toString();
    return query == null || failed != null ? path : path + '?' + query;
  }

  /** The part of the menu that the page belongs to, such as {@code worklist}. */
  public String section() {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    String first = path.split("/", 3).length > 1 ? path.split("/", 3)[1] : "";
    return PART_OF.getOrDefault(first, first);
  }

  /** A language with the name it gives itself. */
  record Language(String code, String own) {

    public String name() {
      return own.substring(0, 1).toUpperCase(Locale.forLanguageTag(code)) + own.substring(1);
    }
  }
}
