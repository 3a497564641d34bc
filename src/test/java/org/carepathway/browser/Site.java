package org.carepathway.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** The running service as people reach it with a browser. */
record Site(int port, Browser browser) {

  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final double PATIENCE_MS = 120_000;

  String url(String path) {
    return "http://localhost:" + port + path;
  }

  /** A page of a browser of its own, of somebody who speaks English. */
  Page page() {
    return page(
        new Browser.NewContextOptions()
            .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
            .setLocale("en-GB"));
  }

  Page page(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MS);
    return context.newPage();
  }

  /** The first page of a demo user, whose password is the name. */
  Page signedIn(String user) {
    return signIn(page(), user);
  }

  Page signIn(Page page, String user) {
    page.navigate(url("/login"));
    page.fill("#username", user);
    page.fill("#password", user);
    page.locator("main button[type=submit]").first().click();
    page.waitForURL(url -> !url.contains("/login"));
    return page;
  }

  static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }
}
