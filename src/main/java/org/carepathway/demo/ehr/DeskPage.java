package org.carepathway.demo.ehr;

import com.fasterxml.jackson.databind.JsonNode;
import org.springframework.web.util.HtmlUtils;

/** The pages of a clinician at the EHR. */
final class DeskPage {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Demo EHR</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style>
      body { font-family: sans-serif; margin: 0; color: #1d2733; background: #f4f1ea; }
      header { background: #5b3a6e; color: #fff; padding: .6rem 1rem; }
      header a { color: #fff; margin-left: 1rem; }
      main { padding: 1rem; max-width: 70rem; margin: auto; }
      article { background: #fff; border-left: .4rem solid #3b6ea5; margin: .8rem 0; padding: .6rem 1rem; }
      article.warning { border-color: #b8860b; } article.critical { border-color: #a61b1b; }
      h2 { font-size: 1.1rem; margin: 0 0 .3rem; } small { color: #555; }
      iframe { width: 100%%; height: 80vh; border: 1px solid #999; background: #fff; }
      </style></head>
      <body><header>Demo EHR, made-up patients only <a href="/">All charts</a></header>
      <main>%s</main></body></html>
      """;

  private DeskPage() {}

  /**
   * @param called id of the service that was asked
   * @param answer its cards; null where it gave none
   * @param told whether a card was just set aside
   */
  static String chart(
      String patient, String user, String called, int status, JsonNode answer, boolean told) {
    String who =
        "patient=%s&amp;user=%s".formatted(EhrDesk.encoded(patient), EhrDesk.encoded(user));
    StringBuilder page = new StringBuilder();
    page.append("<h1>Chart of %s</h1><p>Signed in: %s</p>".formatted(text(patient), text(user)));
    if (told) {
      page.append("<p role=\"status\">The card was set aside, and the pathway was told.</p>");
    }
    page.append("<p><a href=\"/frame?%s\">Care pathway in this window</a> | ".formatted(who));
    page.append("<a href=\"/start?%s\">Care pathway</a></p>".formatted(who));
    page.append(
        """
        <form action="/order"><input type="hidden" name="patient" value="%s">
        <input type="hidden" name="user" value="%s">
        <label>Order a drug <input name="drug" value="Apixaban 5 mg"></label>
        <button>Sign</button></form>
        """
            .formatted(text(patient), text(user)));
    page.append("<h2>What the care pathway says</h2>");
    if (answer == null) {
      page.append("<p>It answered with %d.</p>".formatted(status));
    } else if (answer.path("cards").isEmpty()) {
      page.append("<p>Nothing.</p>");
    } else {
      answer.path("cards").forEach(card -> page.append(card(card, called, patient, user, who)));
    }
    return PAGE.formatted(page);
  }

  private static String card(
      JsonNode card, String called, String patient, String user, String who) {
    StringBuilder links = new StringBuilder();
    for (JsonNode link : card.path("links")) {
      String address =
          link.path("type").asText().equals("smart")
              ? "/frame?%s&amp;context=%s"
                  .formatted(who, EhrDesk.encoded(link.path("appContext").asText()))
              : text(link.path("url").asText());
      links.append("<a href=\"%s\">%s</a> ".formatted(address, text(link.path("label").asText())));
    }
    return """
        <article class="%s"><h2>%s</h2><p>%s</p><p>%s</p>
        <form action="/feedback" method="post"><small>%s</small>
        <input type="hidden" name="card" value="%s"><input type="hidden" name="service" value="%s">
        <input type="hidden" name="patient" value="%s"><input type="hidden" name="user" value="%s">
        <button>Set aside: known already</button></form></article>
        """
        .formatted(
            text(card.path("indicator").asText()),
            text(card.path("summary").asText()),
            text(card.path("detail").asText()),
            links,
            text(card.at("/source/label").asText()),
            text(card.path("uuid").asText()),
            text(called),
            text(patient),
            text(user));
  }

  static String frame(String address, String patient, String user) {
    return PAGE.formatted(
        "<h1>Chart of %s</h1><p><a href=\"/chart?patient=%s&amp;user=%s\">Back to the chart</a></p><iframe title=\"Care pathway\" src=\"%s\"></iframe>"
            .formatted(
                text(patient), EhrDesk.encoded(patient), EhrDesk.encoded(user), text(address)));
  }

  private static String text(String value) {
    return HtmlUtils.htmlEscape(value);
  }
}
