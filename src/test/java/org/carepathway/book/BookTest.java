package org.carepathway.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.book.Book.DecisionPart;
import org.carepathway.book.Book.FormPart;
import org.carepathway.book.Book.Question;
import org.carepathway.book.Book.Rule;
import org.carepathway.book.Book.RuleText;
import org.carepathway.book.Book.Stage;
import org.carepathway.book.Book.Value;
import org.carepathway.content.ContentOnDisk;
import org.carepathway.content.PathwayContent;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.RuleTables;
import org.carepathway.form.Form;
import org.carepathway.form.FormItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a pathway is missing in its book. */
class BookTest {

  @ParameterizedTest
  @ValueSource(strings = {"vertebroplasty", "kyphoplasty"})
  void everyFormAndQuestionIsInTheBookOnce(String key) {
    PathwayContent content = ContentOnDisk.content(key);
    List<FormPart> forms = BooksOnDisk.book(key, BooksOnDisk.ENGLISH).allForms();
    assertThat(forms).extracting(FormPart::id).doesNotHaveDuplicates();
    for (String formKey : content.forms().keySet()) {
      Form form = content.form(formKey);
      FormPart part =
          forms.stream().filter(one -> one.id().equals(form.id())).findFirst().orElseThrow();
      assertThat(part.questions())
          .extracting(Question::id)
          .containsExactlyElementsOf(items(form.items()).map(FormItem::linkId).toList());
      assertThat(rules(part)).containsExactlyInAnyOrderElementsOf(constraints(form));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vertebroplasty", "kyphoplasty"})
  void everyDecisionRuleAndValueIsInTheBookOnce(String key) {
    PathwayContent content = ContentOnDisk.content(key);
    Book book = BooksOnDisk.book(key, BooksOnDisk.ENGLISH);
    RuleTables.of(content.models())
        .forEach(
            table -> {
              DecisionPart part =
                  book.allDecisions().stream()
                      .filter(one -> one.id().equals(table.id()))
                      .reduce((one, other) -> null)
                      .orElseThrow();
              assertThat(part.rules())
                  .extracting(Rule::id)
                  .containsExactlyElementsOf(table.rules().stream().map(row -> row.id()).toList());
            });
    assertThat(book.values())
        .extracting(value -> value.of().name())
        .containsExactlyInAnyOrderElementsOf(content.policy().values().keySet());
    assertThat(book.messages())
        .hasSize(
            content.templates().size()
                + (int) content.texts().keySet().stream().filter(t -> t.endsWith(".en")).count());
    assertThat(book.stages()).hasSize(content.diagrams().size());
    assertThat(book.stories()).hasSameSizeAs(ContentOnDisk.scenarios(key).keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"vertebroplasty", "kyphoplasty"})
  void everyRuleSaysWhatItRestsOn(String key) {
    Book book = BooksOnDisk.book(key, BooksOnDisk.ENGLISH);
    assertThat(book.allDecisions().stream().flatMap(decision -> decision.rules().stream()))
        .allSatisfy(
            rule -> {
              assertThat(rule.text()).as(rule.id()).isNotBlank().doesNotContain("Source:");
              assertThat(rule.source()).as(rule.id()).isNotBlank();
              assertThat(rule.evidence()).as(rule.id()).containsPattern("E1|E2|MEM|LOCAL");
            });
  }

  @Test
  void aTaskSaysByWhenItMayBeDueAndNotWhatThatDependsOn() {
    assertThat(does("ReportImaging"))
        .contains("imaging-within-asap", "imaging-within-urgent", "(imaging-within)")
        .doesNotContain("fracture-recent-days", "window-near-days");
  }

  @Test
  void aMessageWhoseSubjectIsWorkedOutTellsEach() {
    assertThat(does("SendReferralClosed"))
        .isEqualTo("sends: “Referral closed: under age” or “Referral closed: no answer”");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vertebroplasty", "kyphoplasty"})
  void nothingIsLeftUnsaid(String key) {
    Book book = BooksOnDisk.book(key, BooksOnDisk.ENGLISH);
    assertThat(book.stories()).noneMatch(story -> story.name().equals("null"));
    assertThat(book.stages().stream().flatMap(stage -> stage.steps().stream()))
        .noneMatch(step -> step.does().contains("“”") || step.does().contains("null"));
  }

  private static String does(String element) {
    return BooksOnDisk.book("vertebroplasty", BooksOnDisk.ENGLISH).stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(step -> step.id().equals(element))
        .map(Book.Step::does)
        .findFirst()
        .orElseThrow();
  }

  /** What is not in words yet stays a formula: these few, and none by accident. */
  @Test
  void theFindingsOfRulesAreInWords() {
    Book book = BooksOnDisk.book("vertebroplasty", BooksOnDisk.ENGLISH);
    assertThat(
            book.allDecisions().stream()
                .flatMap(decision -> decision.rules().stream())
                .flatMap(rule -> rule.findings().stream())
                .filter(finding -> finding.matches(".*(\\?|\\w\\(|policy\\.|<|>|null).*"))
                .filter(finding -> !finding.matches(".*(split|matches)\\(.*")))
        .isEmpty();
  }

  @Test
  void aQuestionIsTold() {
    Question reason = question("red-flag", "ask-review-reason");
    assertThat(reason.text()).isEqualTo("Why");
    assertThat(reason.when()).isEqualTo("“Something else that worries” is yes");
    assertThat(reason.required()).isTrue();
    assertThat(reason.options()).isNotEmpty();
    Question temperature = question("red-flag", "temperature");
    assertThat(temperature.limits()).containsExactly("°C", "from 33.0 to 42.0", "1 decimal");
    assertThat(question("red-flag", "red-flag-chest-pain").recorded())
        .containsExactly("Flag: Chest pain or collapse (red-flag-chest-pain)");
    assertThat(question("red-flag", "told-at").rules())
        .extracting(RuleText::text)
        .containsExactly("Report: not in the future.");
    assertThat(question("work-up", "weight").from())
        .containsExactly(
            "record: Observation (Body weight)",
            "the time at which it is opened",
            "on file: Observation");
    assertThat(question("triage", "summary-pain").from())
        .contains("“Pain now” in “Complete the referral”");
  }

  @Test
  void aRuleIsTold() {
    Rule rule = rule("imaging", "D2-1");
    assertThat(rule.findings())
        .containsExactly(
            "Images answer the question: yes",
            "Age of the images (days): at most 28 days (imaging-valid-days)",
            "New pain or fall since the images: no");
    assertThat(rule.source()).isEqualTo("local default");
    assertThat(rule.evidence()).isEqualTo("LOCAL");
  }

  @Test
  void aResultWithAValueInItIsASentence() {
    assertThat(
            rules()
                .filter(rule -> rule.results().stream().anyMatch(said -> said.contains("string("))))
        .isEmpty();
    assertThat(rules().flatMap(rule -> rule.results().stream()))
        .anyMatch(said -> said.endsWith("INR above 1.8"));
  }

  /** None is a limit of its own: nothing may turn it into one. */
  @Test
  void zeroHoursAreZeroHours() {
    assertThat(value("sla-emergency-hours").value()).isEqualTo("0 hours");
    assertThat(value("sla-emergency-hours").bounds()).isEqualTo("from 0 hours to 1 hour");
  }

  @Test
  void whatTheHospitalSetIsTold() {
    PathwayContent set =
        ContentOnDisk.content("vertebroplasty", java.util.Map.of("imaging-valid-days", "14"));
    Value value = value(BooksOnDisk.book(set, BooksOnDisk.ENGLISH), "imaging-valid-days");
    assertThat(value.of().isSetHere()).isTrue();
    assertThat(value.value()).isEqualTo("14 days");
    assertThat(value.delivered()).isEqualTo("28 days");
    assertThat(value("imaging-valid-days").of().isSetHere()).isFalse();
  }

  @Test
  void aStageSaysWhoDoesWhat() {
    Book book = BooksOnDisk.book("kyphoplasty", BooksOnDisk.ENGLISH);
    Stage first = book.stages().get(1);
    assertThat(first.steps())
        .filteredOn(step -> step.id().equals("TriageReferral"))
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.who()).isEqualTo("Coordinator");
              assertThat(step.form()).isEqualTo("triage");
            });
    Set<String> drawn =
        ContentOnDisk.content("kyphoplasty").diagrams().stream()
            .map(Diagram::name)
            .collect(Collectors.toSet());
    assertThat(new HashSet<>(book.stages().stream().map(Stage::name).toList())).isEqualTo(drawn);
  }

  @Test
  void aStoryIsTold() {
    assertThat(BooksOnDisk.book("vertebroplasty", BooksOnDisk.ENGLISH).stories())
        .filteredOn(story -> story.id().equals("no-show-twice"))
        .singleElement()
        .satisfies(
            story -> {
              assertThat(story.name()).isEqualTo("Missed twice");
              assertThat(story.text()).startsWith("The second missed appointment");
              assertThat(story.begins()).contains("happy-path");
              assertThat(story.course()).contains("wait 2 hours");
              assertThat(story.then()).contains("nothing is left to do");
            });
  }

  private static Question question(String form, String linkId) {
    return BooksOnDisk.book("vertebroplasty", BooksOnDisk.ENGLISH).allForms().stream()
        .filter(part -> part.id().equals(form))
        .flatMap(part -> part.questions().stream())
        .filter(question -> question.id().equals(linkId))
        .findFirst()
        .orElseThrow();
  }

  private static Rule rule(String decision, String id) {
    return BooksOnDisk.book("vertebroplasty", BooksOnDisk.ENGLISH).allDecisions().stream()
        .filter(part -> part.id().equals(decision))
        .flatMap(part -> part.rules().stream())
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Rule> rules() {
    return BooksOnDisk.book("vertebroplasty", BooksOnDisk.ENGLISH).allDecisions().stream()
        .flatMap(decision -> decision.rules().stream());
  }

  private static Value value(String name) {
    return value(BooksOnDisk.book("vertebroplasty", BooksOnDisk.ENGLISH), name);
  }

  private static Value value(Book book, String name) {
    return book.values().stream()
        .filter(value -> value.of().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<FormItem> items(List<FormItem> items) {
    return items.stream().flatMap(item -> Stream.concat(Stream.of(item), items(item.items())));
  }

  private static List<String> rules(FormPart form) {
    return Stream.concat(
            form.rules().stream(),
            form.questions().stream().flatMap(question -> question.rules().stream()))
        .map(RuleText::key)
        .toList();
  }

  private static List<String> constraints(Form form) {
    return Stream.concat(
            form.constraints().stream(),
            items(form.items()).flatMap(item -> item.constraints().stream()))
        .map(constraint -> constraint.key())
        .toList();
  }
}
