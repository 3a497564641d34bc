package org.carepathway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.junit.jupiter.api.Test;

/**
 * Every page that a role reaches by links: on a phone and at 400 % nothing is wider than the screen,
 * what has the focus is in sight, nothing is white on white on paper, and no rule of axe is broken
 * in light or dark.
 *
 * <p>The whole walk takes long: {@code -Dwalk=all}, with pictures in {@code target/screenshots}.
 * Without it a few pages of one role are walked.
 */
class EveryPageTest extends RunningService {

  private static final boolean ALL = "all".equals(System.getProperty("walk"));
  private static final List<String> PEOPLE =
      ALL
          ? List.of(
              "referrer",
              "coordinator",
              "scheduler",
              "nurse",
              "physician",
              "admin",
              "auditor",
              "ehr")
          : List.of("coordinator");
  private static final int MOST_PAGES = ALL ? 80 : 6;
  private static final int TABS = ALL ? 40 : 12;

  /** A page as links name it, without what differs from patient to patient. */
  private static final String ONE_OF_MANY =
      "[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\\d+(?=/|$)|=[^&]*|(?<=/texts/).*|(?<=/facts/).*";

  private final List<String> found = new ArrayList<>();

  @Test
  void everyPageCanBeUsedBySmallScreenByKeyAndOnPaper() throws Exception {
    FhirClient fhir = new FhirClient(port());
    fhir.refer(fhir.sendPatient("king-eddie.json"));
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      for (String person : PEOPLE) {
        Page page = site.signedIn(person);
        walk(page, site, person);
        page.context().close();
      }
    }
    assertThat(found).isEmpty();
  }

  private void walk(Page page, Site site, String person) {
    Set<String> kinds = new LinkedHashSet<>();
    Deque<String> ahead = new ArrayDeque<>(List.of(page.url()));
    while (!ahead.isEmpty() && kinds.size() < MOST_PAGES) {
      String address = ahead.poll();
      String kind = address.substring(site.url("").length()).replaceAll(ONE_OF_MANY, "*");
      if (kinds.add(kind)) {
        page.navigate(address);
        look(page, person + " " + kind);
        ahead.addAll(links(page, site));
      }
    }
    System.out.printf("%s: %d pages%n", person, kinds.size());
  }

  /** Files are no pages, and who signs out sees no more. */
  @SuppressWarnings("unchecked")
  private static List<String> links(Page page, Site site) {
    List<String> all =
        (List<String>)
            page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href.split('#')[0])");
    return all.stream()
        .filter(address -> address.startsWith(site.url("/")))
        .filter(
            address ->
                !address.matches(
                    ".*(/pdf|\\.csv|\\.ics|\\.json|/fhir/.*|/logout|/actuator.*|/camunda.*|language=.*)(\\?.*)?$"))
        .toList();
  }

  private void look(Page page, String where) {
    String name = "walk-" + where.replaceAll("[^A-Za-z]+", "-");
    page.setViewportSize(1280, 800);
    axe(page, where);
    shoot(page, name);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    if (ALL) {
      add(new AxeBuilder(page).withRules(List.of("color-contrast")), where + ", dark");
    }
    shoot(page, name + "-dark");
    page.emulateMedia(
        new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT).setMedia(Media.PRINT));
    pale(page, where);
    shoot(page, name + "-print");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    page.setViewportSize(360, 740);
    narrow(page, where + ", 360 px");
    shoot(page, name + "-360");
    page.setViewportSize(320, 256);
    narrow(page, where + ", 400 %");
    keys(page, where + ", 400 %");
    page.setViewportSize(1280, 800);
    keys(page, where);
  }

  private static void shoot(Page page, String name) {
    if (ALL) {
      Site.shoot(page, name);
    }
  }

  private void narrow(Page page, String where) {
    if (!(Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth")) {
      found.add(where + ": wider than the screen");
    }
  }

  /** Each stop of the Tab key is in sight, and not below what stays in sight. */
  private void keys(Page page, String where) {
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)");
    for (int i = 0; i < TABS; i++) {
      page.keyboard().press("Tab");
      Object hidden =
          page.evaluate(
              """
              () => {
                const at = document.activeElement;
                if (!at || at === document.body) return null;
                const box = at.getBoundingClientRect();
                if (box.width === 0 || box.height === 0) return null;
                const points = [[0.5, 0.5], [0.02, 0.5], [0.5, 0.05], [0.5, 0.95], [0.98, 0.5]];
                const seen = points.some(([x, y]) => {
                  const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
                  return top && (at.contains(top) || top.contains(at) || top.closest('label')?.contains(at));
                });
                return seen ? null : at.outerHTML.slice(0, 120);
              }\
              """);
      if (hidden != null) {
        found.add(where + ": the focus is out of sight: " + hidden);
        return;
      }
    }
  }

  /** Text on paper is dark, whatever it stands on. */
  private void pale(Page page, String where) {
    Object text =
        page.evaluate(
            """
            () => {
              const light = colour => {
                const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b > 150;
              };
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const at = walker.currentNode.parentElement;
                if (!walker.currentNode.data.trim() || at.closest('svg, script, style, noscript, template')) continue;
                if (at.getClientRects().length === 0 || getComputedStyle(at).visibility === 'hidden') continue;
                if (light(getComputedStyle(at).color)) return at.outerHTML.slice(0, 120);
              }
              return null;
            }\
            """);
    if (text != null) {
      found.add(where + ", on paper: pale text: " + text);
    }
  }

  private void axe(Page page, String where) {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    add(new AxeBuilder(page).options(options).setLegacyMode(true), where);
  }

  private void add(AxeBuilder axe, String where) {
    axe.analyze()
        .getViolations()
        .forEach(
            rule ->
                rule.getNodes()
                    .forEach(
                        node ->
                            found.add(
                                "%s: %s: %s".formatted(where, rule.getId(), node.getHtml()))));
  }
}
