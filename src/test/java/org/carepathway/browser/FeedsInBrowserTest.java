package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.Received;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who connects systems sees a message that was not handled come, opens it and has it replayed. */
class FeedsInBrowserTest extends RunningService {

  /** The page refreshes itself every 5 seconds. */
  private static final ContainsTextOptions PATIENCE = new ContainsTextOptions().setTimeout(30_000);

  @Autowired private Inbox inbox;

  @Test
  void aMessageThatWasNotHandledIsSeenAndReplayed() throws Exception {
    String id = "LAB-" + UUID.randomUUID().toString().substring(0, 8);
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = site.signedIn("ehr");
      assertThat(page).hasURL(site.url("/feeds"));
      Locator row =
          page.locator("#messages tbody tr").filter(new Locator.FilterOptions().setHasText(id));
      assertThat(row).hasCount(0);

      keep(id);
      assertThat(row).containsText("not handled", PATIENCE);
      Site.shoot(page, "feeds");
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
      page.setViewportSize(360, 740);
      Site.shoot(page, "feeds-phone");
      page.setViewportSize(1280, 800);
      row.getByRole(AriaRole.LINK).click();
      assertThat(page.locator("#raw")).containsText("OBX|1|");
      Site.shoot(page, "feed-message");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Replay")).click();
      assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("handled again");
      assertThat(page.locator("#head")).containsText("held for a referral", PATIENCE);
      Site.shoot(page, "feed-message-replayed");
    }
  }

  private void keep(String id) throws Exception {
    String content =
        Files.readString(Path.of("src/main/resources/demo/hl7/2-labs.hl7"))
            .replace("\n", "\r")
            .replace("HL7-100001", id);
    inbox.keepRefused(
        new Received(
            "ehr",
            id,
            "hl7v2",
            "ORU^R01",
            "ehr refused " + id,
            null,
            null,
            content.getBytes(StandardCharsets.UTF_8)),
        "PV1-44: The time cannot be read");
  }
}
