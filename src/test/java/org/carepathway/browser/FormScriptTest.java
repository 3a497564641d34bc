package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.form.FormPost;
import org.carepathway.form.FormView;
import org.carepathway.form.Posted;
import org.carepathway.form.RenderedForm;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The script of the forms in a browser, under a policy that forbids inline scripts. */
@Tag("browser")
class FormScriptTest {

  private static final String SITE = "http://form.test/";
  private static final Path SCRIPT = Path.of("src/main/resources/static/js/form.js");

  private static Visit visit;

  private final List<String> complaints = new ArrayList<>();
  private Page page;
  private Map<String, List<String>> posted;

  @BeforeAll
  static void start() {
    visit = Browsers.visit();
  }

  @AfterAll
  static void stop() {
    visit.close();
  }

  @BeforeEach
  void open() {
    page = visit.browser().newContext(Browsers.CALM).newPage();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    page.route(SITE + "**", this::answer);
    page.navigate(SITE);
  }

  @AfterEach
  void nothingWentWrong() {
    page.close();
    assertThat(complaints).isEmpty();
  }

  @Test
  void whatIsNotAskedIsHiddenAndNotSent() {
    assertThat(field("why")).isHidden();
    assertThat(field("escort")).isVisible();
    assertThat(page.locator("[data-link-id=secret]")).isHidden();
    field("escort").locator("input").fill("Daughter");

    field("b").getByLabel("No").check();
    assertThat(field("why")).isVisible();
    field("why").locator("input").fill("Bed rest");
    submit();
    assertThat(posted)
        .containsEntry("why", List.of("Bed rest"))
        .containsEntry("escort", List.of("Daughter"));

    field("b").getByLabel("Yes").check();
    assertThat(field("why")).isHidden();
    submit();
    assertThat(posted).doesNotContainKey("why");
  }

  @Test
  void aRepetitionAsksItsOwnQuestions() {
    Locator group = page.locator("#f-r");
    add(group).click();
    Locator first = group.locator(":scope > [data-repetition]").nth(0);
    Locator second = group.locator(":scope > [data-repetition]").nth(1);
    assertThat(second.locator("input[name='r[1].name']")).isFocused();

    second.locator("[data-link-id=leak]").getByLabel("Yes").check();
    assertThat(second.locator("[data-link-id=grade]")).isVisible();
    assertThat(first.locator("[data-link-id=grade]")).isHidden();
    second.locator("[data-link-id=grade] input").fill("2");
    submit();
    assertThat(posted).containsEntry("r[1].grade", List.of("2")).doesNotContainKey("r[0].grade");
  }

  @Test
  void repetitionsAreAddedUpToTheMostAndRemoved() {
    Locator inner = page.locator("[id='f-r-0--n']");
    assertThat(add(inner)).isVisible();
    add(inner).click();
    assertThat(add(inner)).isHidden();
    inner.locator("input[name='r[0].n[1].gauge']").fill("11");

    inner.locator("[data-remove]").first().click();
    assertThat(add(inner)).isFocused();
    submit();
    assertThat(posted)
        .containsEntry("r[0].n[1].gauge", List.of("11"))
        .doesNotContainKey("r[0].n[0].gauge");
  }

  @Test
  void anAddedRepetitionHasARepetitionOfItsOwn() {
    add(page.locator("#f-r")).click();
    add(page.locator("[id='f-r-1--n']")).click();
    page.locator("input[name='r[1].name']").fill("L2");
    page.locator("input[name='r[1].n[1].gauge']").fill("13");
    submit();

    Posted read =
        FormPost.read(
            RenderedForm.EVERYTHING,
            posted,
            RenderedForm.SOME,
            RenderedForm.ZONE,
            RenderedForm.EVERYTHING);
    QuestionnaireResponse response = read.response();
    assertThat(read.issues()).isEmpty();
    assertThat(response.getItem().stream().filter(item -> item.getLinkId().equals("r"))).hasSize(2);
  }

  /** An input of the type number would drop the comma without a word and make 15 of it. */
  @Test
  void aDecimalCommaIsNotLost() {
    field("d").locator("input").pressSequentially("1,5");
    submit();
    assertThat(posted).containsEntry("d", List.of("1,5"));
    assertThat(read(Locale.forLanguageTag("es"))).isEqualByComparingTo("1.5");
    assertThat(read(Locale.ENGLISH)).isEqualByComparingTo("1.5");
  }

  @Test
  void oneChoiceAnswersSeveralQuestionsAndIsTakenBackByAnyOther() {
    Locator none = field("none").getByLabel("None of these");
    assertThat(none).isVisible();
    none.check();
    submit();
    assertThat(posted)
        .containsEntry("none", List.of("true"))
        .containsEntry("fever", List.of("false"))
        .containsEntry("power", List.of("5"));

    field("fever").getByLabel("Yes").check();
    assertThat(none).not().isChecked();
    submit();
    assertThat(posted)
        .doesNotContainKey("none")
        .containsEntry("fever", List.of("true"))
        .containsEntry("power", List.of("5"));

    none.click();
    assertThat(none).not().isChecked();
    assertThat(field("fever").getByLabel("Yes")).isChecked();

    field("fever").getByLabel("No").check();
    none.check();
    none.uncheck();
    submit();
    assertThat(posted).doesNotContainKeys("none", "fever");
    assertThat(posted.get("power")).isEqualTo(List.of(""));
  }

  private BigDecimal read(Locale language) {
    return FormPost.read(
            RenderedForm.EVERYTHING,
            posted,
            RenderedForm.SOME,
            RenderedForm.ZONE,
            RenderedForm.EVERYTHING.in(language, UnaryOperator.identity()))
        .response()
        .getItem()
        .stream()
        .filter(item -> item.getLinkId().equals("d"))
        .findFirst()
        .orElseThrow()
        .getAnswerFirstRep()
        .getValueDecimalType()
        .getValue();
  }

  private Locator field(String linkId) {
    return page.locator("[data-link-id=" + linkId + "]").first();
  }

  private static Locator add(Locator group) {
    return group.locator(":scope > [data-add]");
  }

  private void submit() {
    posted = null;
    page.waitForResponse(SITE + "post", () -> page.locator("#submit").click());
  }

  private void answer(Route route) {
    String url = route.request().url();
    Route.FulfillOptions options =
        new Route.FulfillOptions()
            .setHeaders(
                Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; form-action 'self'"));
    if (url.endsWith("/form.js")) {
      route.fulfill(options.setContentType("text/javascript").setBody(script()));
    } else if (url.endsWith("/post")) {
      posted = parameters(route.request().postData());
      route.fulfill(options.setStatus(204));
    } else {
      route.fulfill(options.setContentType("text/html; charset=utf-8").setBody(html()));
    }
  }

  private static String script() {
    try {
      return Files.readString(SCRIPT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String html() {
    FormView view =
        FormView.of(RenderedForm.EVERYTHING, RenderedForm.SOME, List.of(), RenderedForm.ZONE);
    return """
    <!DOCTYPE html><html lang="en"><head><title>Form</title>
    <script src="/form.js" defer></script></head>
    <body><form method="post" action="/post" novalidate>%s<button id="submit">Send</button></form></body></html>
    """
        .formatted(RenderedForm.render(view));
  }

  private static Map<String, List<String>> parameters(String body) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      parameters
          .computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
          .add(decoded(parts[1]));
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
