package org.carepathway.browser;

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

/**
 * Follows the links of each page and looks at one page of a kind: no word is cut off on a desk's
 * screen, on a phone and at 400 % nothing is wider than the screen, what has the focus is in sight,
 * nothing is pale on paper, and no rule of axe is broken in light or dark.
 */
final class PageWalk {

  /** What differs in the address from patient to patient. */
  private static final String ONE_OF_MANY =
      "[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\\d+(?=/|$)|=[^&]*|(?<=/(?:texts|facts|steps|processes|report|stays)/)[^/?]+";

  private final Site site;
  private final boolean all;
  private final int most;
  private final List<String> found = new ArrayList<>();

  /**
   * @param all whether all kinds are walked ({@code -Dwalk.pages}: at most so many), with pictures
   */
  PageWalk(Site site, boolean all) {
    this.site = site;
    this.all = all;
    this.most = Integer.getInteger("walk.pages", all ? 80 : 6);
  }

  /** What is wrong, with role and address. */
  List<String> found() {
    return found;
  }

  /** Walks as a demo user. */
  void of(String person) {
    Page page = site.signedIn(person);
    walk(page, person);
    page.context().close();
  }

  private void walk(Page page, String person) {
    Set<String> kinds = new LinkedHashSet<>();
    Deque<String> ahead = new ArrayDeque<>(List.of(page.url()));
    while (!ahead.isEmpty() && kinds.size() < most) {
      String address = ahead.poll();
      String kind = address.substring(site.url("").length()).replaceAll(ONE_OF_MANY, "*");
      if (kinds.add(kind)) {
        page.navigate(address);
        look(page, person + " " + kind);
        ahead.addAll(links(page));
      }
    }
    System.out.printf("%s: %d pages%n", person, kinds.size());
  }

  /** Files are no pages, and who signs out sees no more. */
  @SuppressWarnings("unchecked")
  private List<String> links(Page page) {
    List<String> all =
        (List<String>)
            page.evaluate(
                "[...document.querySelectorAll('a[href]')].map(a => a.href.split('#')[0])");
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
    found.addAll(Legible.missing(page, where));
    page.setViewportSize(1280, 800);
    axe(page, where);
    shoot(page, name);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    if (all) {
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

  private void shoot(Page page, String name) {
    if (all) {
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
    for (int i = 0; i < (all ? 40 : 12); i++) {
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

  private void pale(Page page, String where) {
    Object text = paleText(page);
    if (text != null) {
      found.add(where + ", on paper: pale text: " + text);
    }
  }

  /** Text on paper is dark, whatever it stands on; null where it is, else what is not. */
  static Object paleText(Page page) {
    return page.evaluate(
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
