package org.carepathway.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** A person of the demo at the running service, whose password is the name. */
record SignIn(Browser browser, int port) {

  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final double PATIENCE_MS = 120_000;

  /** A browser of the person's own, signed in, with one page. */
  Page as(String user) {
    BrowserContext context = browser.newContext(Browsers.CALM);
    context.setDefaultTimeout(PATIENCE_MS);
    Page page = context.newPage();
    page.navigate(url("/login"));
    fill(page, user);
    page.waitForURL("**/worklist*");
    return page;
  }

  /** Fills in the sign-in form that a page shows. */
  void fill(Page page, String user) {
    page.fill("#username", user);
    page.fill("#password", user);
    page.locator("main button[type=submit]").first().click();
  }

  String url(String path) {
    return "http://localhost:" + port + path;
  }

  static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }
}
