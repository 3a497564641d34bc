package org.carepathway.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.keycloak.KeycloakAdmin;
import org.carepathway.keycloak.KeycloakServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Signing in and out with a browser at a real Keycloak, and what happens when it says no or
 * nothing.
 */
class KeycloakSignInTest extends RunningService {

  private static final double PATIENCE_MS = 120_000;
  private static final String SECONDS = "access.token.lifespan";

  private static Visit visit;

  @BeforeAll
  static void start() {
    visit = Browsers.visit();
    KeycloakServer.ready();
  }

  @AfterAll
  static void stop() {
    visit.close();
  }

  @BeforeEach
  void client() throws Exception {
    KeycloakAdmin.client(
        "care-pathway",
        Map.of(
            "backchannel.logout.url",
            url("/logout/connect/back-channel/keycloak"),
            SECONDS,
            "300"));
  }

  @Test
  void aPersonSignsInAndOut() {
    try (BrowserContext context = visit.browser().newContext(Browsers.CALM)) {
      Page page = signIn(context, "kc-coordinator");
      assertThat(page.locator("header").innerText()).contains("Nina North").contains("Coordinator");
      shoot(page, "keycloak-signed-in");

      page.locator("header form[action='/logout'] button").click();
      page.waitForURL("**/login?signed-out*");
      page.navigate(url("/worklist"));
      assertThat(page.url()).contains("/login");
      page.locator("#keycloak").click();
      page.waitForSelector("#kc-login");
      assertThat(page.url()).as("signed out at Keycloak too").startsWith(KeycloakServer.address());
    }
  }

  /** What a hospital demands with the required action "Configure OTP". */
  @Test
  void whoHasAOneTimePasswordMustGiveIt() throws Exception {
    try (BrowserContext context = visit.browser().newContext(Browsers.CALM)) {
      Page page = password(context, "kc-otp");
      page.waitForSelector("#otp");
      page.navigate(url("/worklist"));
      assertThat(page.url()).as("the password alone opens nothing").contains("/login");
      page.locator("#keycloak").click();
      enterPassword(page, "kc-otp");
      page.fill("#otp", "000000".equals(Totp.now()) ? "000001" : "000000");
      page.locator("#kc-login").click();
      page.waitForSelector("#input-error-otp-code, .kc-feedback-text, .pf-m-error");
      assertThat(page.url()).startsWith(KeycloakServer.address());
      shoot(page, "keycloak-otp");

      page.fill("#otp", Totp.now());
      page.locator("#kc-login").click();
      page.waitForURL("**/worklist*");
      assertThat(page.locator("header").innerText()).contains("Olga Otp");
    }
  }

  @Test
  void whoMustHaveAOneTimePasswordSetsItUpFirst() {
    try (BrowserContext context = visit.browser().newContext(Browsers.CALM)) {
      Page page = password(context, "kc-otp-new");
      page.waitForSelector("#kc-totp-secret-qr-code");
      shoot(page, "keycloak-otp-set-up");
      page.navigate(url("/worklist"));
      assertThat(page.url()).as("not signed in before that").contains("/login");
    }
  }

  @Test
  void theSessionBeforeSigningInIsNotTheOneAfter() {
    try (BrowserContext context = visit.browser().newContext(Browsers.CALM)) {
      context.newPage().navigate(url("/login"));
      String before = cookie(context);
      signIn(context, "kc-coordinator");

      assertThat(cookie(context)).isNotEqualTo(before);
    }
  }

  @Test
  void keycloakEndsTheSessionHere() throws Exception {
    try (BrowserContext context = visit.browser().newContext(Browsers.CALM)) {
      Page page = signIn(context, "kc-south");

      KeycloakAdmin.logout("kc-south");

      page.navigate(url("/worklist"));
      assertThat(page.url()).contains("/login");
    }
  }

  @Test
  void whoIsLockedOutThereIsSignedOutHereWhenTheTokenEnds() throws Exception {
    KeycloakAdmin.client("care-pathway", Map.of(SECONDS, "2"));
    try (BrowserContext context = visit.browser().newContext(Browsers.CALM)) {
      Page page = signIn(context, "kc-leaver");
      page.waitForTimeout(3_000);
      page.navigate(url("/worklist"));
      assertThat(page.url()).as("refreshed").endsWith("/worklist");

      KeycloakAdmin.enable("kc-leaver", false);
      page.waitForTimeout(3_000);
      page.navigate(url("/worklist"));

      assertThat(page.url()).contains("/login?ended");
      shoot(page, "keycloak-ended");
    }
  }

  @Test
  void whileKeycloakIsDownPeopleGoOnAndAreTold() throws Exception {
    KeycloakAdmin.client("care-pathway", Map.of(SECONDS, "2"));
    try (BrowserContext context = visit.browser().newContext(Browsers.CALM)) {
      Page page = signIn(context, "kc-physician");
      KeycloakServer.hold();
      try {
        page.waitForTimeout(3_000);
        page.navigate(url("/worklist"));
        assertThat(page.url()).endsWith("/worklist");
        assertThat(page.locator("body").innerText()).contains("sign-in service does not answer");
        shoot(page, "keycloak-down");
      } finally {
        KeycloakServer.resume();
      }
      await("the notice to go")
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofSeconds(2))
          .until(
              () -> {
                page.navigate(url("/worklist"));
                return !page.locator("body").innerText().contains("does not answer");
              });
      assertThat(page.url()).endsWith("/worklist");
    }
  }

  @Test
  void anAuditorAndAnEmergencyHaveTheirPages() {
    try (BrowserContext context = visit.browser().newContext(Browsers.CALM)) {
      Page page = password(context, "kc-auditor");
      page.waitForURL("**/audit*");
      page.fill("#number", "nobody");
      page.locator("main form button").first().click();
      assertThat(page.locator("main").innerText()).contains("Nothing is recorded");
      shoot(page, "audit");
      assertThat(page.navigate(url("/pathways")).status()).isEqualTo(403);
    }
    try (BrowserContext context = visit.browser().newContext(Browsers.CALM)) {
      Page page = signIn(context, "kc-nurse");
      page.navigate(url("/break-glass"));
      page.fill("#number", "nobody");
      page.fill("#reason", "A reason that is long enough");
      page.locator("main button[type=submit]").click();
      assertThat(page.locator("main").innerText()).contains("There is no such patient");
      shoot(page, "break-glass");
    }
  }

  private Page signIn(BrowserContext context, String user) {
    Page page = password(context, user);
    page.waitForURL("**/worklist*");
    return page;
  }

  private Page password(BrowserContext context, String user) {
    context.setDefaultTimeout(PATIENCE_MS);
    context.setDefaultNavigationTimeout(PATIENCE_MS);
    Page page = context.newPage();
    page.navigate(url("/login"));
    page.locator("#keycloak").click();
    enterPassword(page, user);
    return page;
  }

  private static void enterPassword(Page page, String user) {
    page.fill("#username", user);
    page.fill("#password", user + "-password");
    page.locator("#kc-login").click();
  }

  private static String cookie(BrowserContext context) {
    return context.cookies().stream()
        .filter(cookie -> cookie.name.equals("SESSION"))
        .map(cookie -> cookie.value)
        .findFirst()
        .orElse("");
  }

  private String url(String path) {
    return "http://localhost:" + port() + path;
  }

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target/screenshots", name + ".png"))
            .setFullPage(true));
  }
}
