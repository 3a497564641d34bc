package org.carepathway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is printed can be read, whichever theme the screen has, and wastes no paper. */
class OnPaperTest extends RunningService {

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;

  @Test
  void whatIsPrintedCanBeRead() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral = fhir.refer(fhir.sendPatient("king-eddie.json")).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    String patient = "/pathways/" + pathway;
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = site.signedIn("coordinator");
      page.emulateMedia(
          new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK).setMedia(Media.PRINT));
      for (String path :
          List.of(
              "/worklist?scope=everyone",
              "/board?of=everyone",
              "/day",
              "/pathways",
              patient,
              patient + "?tab=measures",
              patient + "?tab=plan",
              patient + "?tab=record",
              "/tasks/" + worklist.ofPathway(pathway).get(0).id())) {
        page.navigate(site.url(path));
        assertThat(PageWalk.paleText(page)).as(path).isNull();
        assertThat(page.locator("header nav").isVisible()).as(path + ": the menu").isFalse();
        assertThat(page.locator("main .btn").all())
            .as(path)
            .noneMatch(button -> button.isVisible());
      }
      page.navigate(site.url(patient));
      assertThat(sheets(page)).as("sheets of a patient's course").isLessThanOrEqualTo(3);
    }
  }

  private static int sheets(Page page) throws IOException {
    byte[] pdf = page.pdf(new Page.PdfOptions().setFormat("A4"));
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return document.getNumberOfPages();
    }
  }
}
