package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carepathway.form.RenderedForm.EVERYTHING;
import static org.carepathway.form.RenderedForm.SOME;
import static org.carepathway.form.RenderedForm.render;
import static org.carepathway.form.TestForms.CONTEXT;
import static org.carepathway.form.TestForms.PATHS;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FieldsFragmentTest {

  private static String page() {
    List<FormIssue> issues = new AnswerCheck(PATHS).check(EVERYTHING, SOME, CONTEXT);
    return render(FormView.of(EVERYTHING, SOME, issues, RenderedForm.ZONE));
  }

  @Test
  void textsAreEscaped() {
    assertThat(page())
        .contains("Read &lt;this&gt; first", "a &quot;quoted&quot; &lt;b&gt;", "Doe &lt;i&gt;")
        .doesNotContain("<this>", "<i>", "th:", "data-th");
  }

  @Test
  void idsAreUniqueAndLabelsPointToThem() {
    String page = page();
    List<String> ids = all(page, " id=\"([^\"]+)\"");

    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    assertThat(ids).containsAll(all(page, " for=\"([^\"]+)\""));
    assertThat(all(page, "aria-describedby=\"([^\"]+)\""))
        .isNotEmpty()
        .allSatisfy(described -> assertThat(ids).contains(described.split(" ")));
    assertThat(all(page, "<input[^>]*type=\"(?:text|date|datetime-local)\"[^>]* id=\"([^\"]+)\""))
        .isNotEmpty()
        .isSubsetOf(all(page, " for=\"([^\"]+)\""));
  }

  @Test
  void nothingThatAContentSecurityPolicyForbids() {
    assertThat(page()).doesNotContain("<script", "style=", "onclick", "javascript:");
  }

  @Test
  void fieldsByKind() {
    assertThat(page().replaceAll("\\s+", " "))
        .contains("<textarea class=\"form-control\" rows=\"3\" id=\"f-x\" name=\"x\"")
        .contains("type=\"datetime-local\" id=\"f-m\" name=\"m\"")
        .contains("type=\"text\" id=\"f-d\" name=\"d\" value=\"\" inputmode=\"decimal\"")
        .contains(
            "inputmode=\"numeric\" autocomplete=\"off\" aria-describedby=\"f-i-help f-i-messages\" aria-invalid=\"true\"")
        .contains("placeholder=\"such as IR-2\" maxlength=\"20\"")
        .contains("<option value=\"c3\" data-code=\"c3\" data-system=\"http://x\">Code 3</option>")
        .contains("name=\"o@other\" value=\"Drill\"")
        .contains("name=\"q@unit\"")
        .contains("<output class=\"form-control-plaintext\" id=\"f-fixed\">Doe &lt;i&gt;</output>")
        .contains("<input type=\"hidden\" name=\"r[0]\" value=\"of-0\">")
        .contains("name=\"r[__0__].n[__1__].gauge\"")
        .contains("<span class=\"input-group-text\">points</span>")
        .contains("must be 10 or less")
        .doesNotContain("name=\"fixed\"", "name=\"secret\"", "Sedation");
  }

  @Test
  void theHiddenAnswerIsThereForTheScriptOnly() {
    assertThat(page().replaceAll("\\s+", " "))
        .contains(
            "<div hidden data-never data-link-id=\"secret\" data-values=\"[&quot;true&quot;]\"></div>");
  }

  @Test
  void whatIsRenderedCanBePostedBack() {
    String page = page().replaceAll("(?s)<template>.*?</template>\\s*<button", "<button");

    assertThat(all(page, " name=\"([^\"]+)\""))
        .contains("b", "i", "many", "r[0].name", "r[0].n[0].gauge")
        .allSatisfy(name -> assertThat(name).doesNotContain("__"));
  }

  private static List<String> all(String page, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    return matcher.results().map(result -> result.group(1)).toList();
  }
}
