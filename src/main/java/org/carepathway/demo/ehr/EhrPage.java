package org.carepathway.demo.ehr;

import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.web.util.HtmlUtils;

/** What the EHR has, to look at. */
final class EhrPage {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Demo EHR</title></head>
      <body>
      <h1>Demo EHR</h1>
      <p>A small EHR with a made-up patient. The care pathway service reads it over FHIR at %s once she is referred.</p>
      <table>
      <caption>What it has</caption>
      <tr><th scope="col">Resource</th><th scope="col">Version</th><th scope="col">Stored</th></tr>
      %s
      </table>
      </body>
      </html>
      """;

  private EhrPage() {}

  static String of(List<Resource> all, String base) {
    StringBuilder rows = new StringBuilder();
    for (Resource one : all) {
      rows.append(
          "<tr><td>%s</td><td>%s</td><td>%s</td></tr>%n"
              .formatted(
                  HtmlUtils.htmlEscape(one.fhirType() + '/' + one.getIdElement().getIdPart()),
                  HtmlUtils.htmlEscape(one.getMeta().getVersionId()),
                  one.getMeta().getLastUpdated().toInstant()));
    }
    return PAGE.formatted(base, rows);
  }
}
