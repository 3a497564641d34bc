package org.carepathway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import org.hl7.fhir.r4.model.Patient;

/** A small phone on which a patient opens a link. */
record PatientPhone(Page page) {

  private static final int WIDTH = 360;
  private static final int HEIGHT = 740;
  private static final int MOST_SCREENS = 20;

  static PatientPhone of(Site site, String locale) {
    return new PatientPhone(
        site.page(
            new Browser.NewContextOptions()
                .setViewportSize(WIDTH, HEIGHT)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale(locale)));
  }

  /** Tells a date of birth. */
  void born(String day, String month, String year) {
    page.fill("input[name=day]", day);
    page.fill("input[name=month]", month);
    page.fill("input[name=year]", year);
    page.locator("main button[type=submit]").click();
  }

  void born(Patient known) {
    String[] date = known.getBirthDateElement().asStringValue().split("-");
    born(date[2], date[1], date[0]);
  }

  /**
   * Answers screen by screen, each of which is looked at, up to the last.
   *
   * @param name of the pictures
   */
  void walk(String name) {
    for (int screen = 1; screen < MOST_SCREENS; screen++) {
      fits(name + screen);
      fill();
      if (!next().isVisible()) {
        return;
      }
      next().click();
    }
  }

  void send() {
    page.locator("[data-last] button[type=submit]").click();
  }

  Locator next() {
    return page.locator(".turn button").nth(1);
  }

  /** The questions of this screen: no signs, little pain, no falls. */
  void fill() {
    for (Locator field : page.locator("[data-form] [data-link-id]:visible").all()) {
      String name = field.getAttribute("data-link-id");
      Locator radios = field.locator("input[type=radio]:visible");
      Locator inputs = field.locator("input.form-control:visible");
      if (radios.count() > 0 && name.startsWith("pain")) {
        field.locator(name.equals("pain-rest") ? "input[value='2']" : "input[value='3']").check();
      } else if (radios.count() > 0) {
        boolean truth =
            radios.count() <= 3 && radios.first().getAttribute("value").matches("true|false");
        (truth ? field.locator("input[value=false]") : radios.first()).check();
      } else if (name.equals("since-last")) {
        field.locator("input[value='since-nothing']").check();
      } else if (inputs.count() > 0 && name.equals("falls")) {
        inputs.first().fill("0");
      }
    }
  }

  /** No wider than the phone, and nothing that axe finds. */
  void fits(String name) {
    Site.shoot(page, name);
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .as(name + " is no wider than the phone")
        .isLessThanOrEqualTo(WIDTH);
    assertThat(new AxeBuilder(page).analyze().getViolations()).as(name).isEmpty();
  }
}
