package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What people read of the content is there in Spanish too. */
class TranslationsTest {

  private static final Pattern ENTRY = Pattern.compile("(?s)<outputEntry\\b.*?</outputEntry>");
  private static final Pattern CODE =
      Pattern.compile("(?:\"|&quot;)([A-Z][A-Z_0-9]{2,})(?:\"|&quot;)");
  private static final Pattern RULE = Pattern.compile("(.*?)\\.? ?Source: (.*?)\\. Evidence: .*");

  /** Two words or more in an expression; one alone is a code. */
  private static final Pattern WORDS =
      Pattern.compile("'([A-Za-z][^'()=]*[a-z] [a-z][^'()=]*[a-z])'");

  private static final Locale SPANISH = Locale.forLanguageTag("es");

  @Test
  void everyTextThatPeopleSeeHasSpanish() throws Exception {
    Translations translations = translations();
    assertThat(SeenTexts.all())
        .hasSizeGreaterThan(2000)
        .filteredOn(text -> !translations.has(text, SPANISH))
        .as("texts without Spanish; add them to fhir-profiles/<pathway>/translation/es.yaml")
        .isEmpty();
  }

  /** A rule reads as a sentence and where it comes from: no half of it stays English. */
  @Test
  void everyPartOfARuleHasSpanish() throws Exception {
    Translations translations = translations();
    Set<String> parts = new TreeSet<>();
    for (String text : SeenTexts.all()) {
      Matcher rule = RULE.matcher(text);
      if (rule.matches()) {
        parts.add(rule.group(1));
        parts.addAll(List.of(rule.group(2).split("; ")));
      }
    }
    assertThat(parts)
        .hasSizeGreaterThan(300)
        .filteredOn(part -> !part.isEmpty() && !translations.has(part, SPANISH))
        .as("parts of rules without Spanish")
        .isEmpty();
  }

  /** What a form works out and only shows is read, not corrected. */
  @Test
  void whatFormsOnlyShowHasSpanish() throws IOException {
    Translations translations = translations();
    Set<String> words = new TreeSet<>();
    for (Path file : SeenTexts.files("fhir-profiles", ".json")) {
      if (file.getParent().endsWith("Questionnaire")) {
        Questionnaire form =
            FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(Questionnaire.class, SeenTexts.read(file));
        shown(form.getItem(), words);
      }
    }
    assertThat(words)
        .hasSizeGreaterThan(50)
        .filteredOn(text -> !translations.has(text, SPANISH))
        .as("words of expressions without Spanish")
        .isEmpty();
  }

  private static void shown(List<QuestionnaireItemComponent> items, Set<String> words) {
    for (QuestionnaireItemComponent item : items) {
      if (item.getReadOnly() && item.getType() == QuestionnaireItemType.STRING) {
        item.getExtension().stream()
            .map(Extension::getValue)
            .filter(Expression.class::isInstance)
            .flatMap(value -> WORDS.matcher(((Expression) value).getExpression()).results())
            .forEach(found -> words.add(found.group(1)));
      }
      shown(item.getItem(), words);
    }
  }

  /** Of two texts of a language for one English nobody could say which is shown. */
  @Test
  void noTextIsGivenTwiceOrEmpty() throws IOException {
    LoaderOptions once = new LoaderOptions();
    once.setAllowDuplicateKeys(false);
    List<String> keys = new ArrayList<>();
    for (Path file : files()) {
      Map<String, String> texts = new Yaml(new SafeConstructor(once)).load(SeenTexts.read(file));
      assertThat(texts)
          .as(file.toString())
          .allSatisfy((english, text) -> assertThat(text).as(english).isNotBlank());
      texts.keySet().forEach(english -> keys.add(file.getFileName() + ": " + english));
    }
    assertThat(keys).doesNotHaveDuplicates();
  }

  /** The results of tables are codes, and stand in the book and beside decisions. */
  @Test
  void everyResultOfATableHasAName() throws Exception {
    Translations translations = translations();
    Set<String> results = new TreeSet<>();
    for (Path table : SeenTexts.files("bpmn", ".dmn")) {
      ENTRY.matcher(SeenTexts.read(table)).results().forEach(entry -> results.addAll(codes(entry)));
    }
    Set<String> options = SeenTexts.codes();
    assertThat(results)
        .hasSizeGreaterThan(70)
        .filteredOn(code -> !translations.has(code, Locale.ENGLISH) && !options.contains(code))
        .as("add them to fhir-profiles/<pathway>/translation/en.yaml and es.yaml")
        .isEmpty();
    assertThat(results)
        .filteredOn(code -> translations.has(code, Locale.ENGLISH))
        .allMatch(code -> translations.has(code, SPANISH));
  }

  private static List<String> codes(MatchResult entry) {
    return CODE.matcher(entry.group()).results().map(code -> code.group(1)).toList();
  }

  /** A number that went missing could change a dose. */
  @Test
  void everyNumberOfTheEnglishIsInTheSpanish() throws IOException {
    for (Path file : files()) {
      Map<String, String> texts =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(SeenTexts.read(file));
      texts.forEach(
          (english, text) ->
              assertThat(numbers(text)).as("%s: %s", english, text).containsAll(numbers(english)));
    }
  }

  @Test
  void aRuleIsTranslatedWithItsSource() throws IOException {
    assertThat(
            translations()
                .of(
                    "D4 warfarin (5 d; bridging only after the MDT). Source: SIR 2019 consensus on"
                        + " bleeding risk (JVIR 30:1168), high-risk column. Evidence: E2.",
                    SPANISH))
        .isEqualTo(
            "D4 warfarina (5 d; terapia puente solo tras el comité). Fuente: Consenso SIR 2019"
                + " sobre riesgo de hemorragia (JVIR 30:1168), columna de riesgo alto. Evidencia:"
                + " E2.");
  }

  @Test
  void aLimitKeepsItsValueAndARowItsOrder() throws IOException {
    assertThat(translations().of("F1 INR above 1.5", SPANISH)).isEqualTo("F1 INR mayor de 1.5");
    assertThat(translations().of("INR missing,Platelets missing", SPANISH))
        .isEqualTo("Falta el INR, Faltan las plaquetas");
  }

  @Test
  void aLetterIsTranslatedWithWhatIsFilledIn() throws IOException {
    Translations translations = translations();
    assertThat(
            translations.of("Bone cement treatment on 2026-11-22: completed as planned.", SPANISH))
        .isEqualTo("Tratamiento con cemento óseo el 2026-11-22: completado según lo previsto.");
    assertThat(
            translations.of(
                "Warfarin: take the last dose at the latest on 2026-11-22 at 09:30, and then no"
                    + " more until we tell you. If the procedure is moved or cancelled we tell you"
                    + " when to take it again.",
                SPANISH))
        .startsWith("Warfarina: tome la última dosis como muy tarde el 2026-11-22 a las 09:30, y");
    assertThat(translations.of("Treated: first lumbar vertebra; second lumbar vertebra.", SPANISH))
        .isEqualTo("Tratado: primera vértebra lumbar; segunda vértebra lumbar.");
    assertThat(translations.of("Note of the coordinator: $1 and {0}\nremain", SPANISH))
        .isEqualTo("Nota de coordinación: $1 and {0}\nremain");
  }

  /** Two words of one sentence are no frame for a text of several. */
  @Test
  void aShortFrameIsNotPutAroundSentences() throws IOException {
    Translations translations = translations();
    assertThat(translations.of("From 16:00 to 17:50.", SPANISH)).isEqualTo("De 16:00 a 17:50.");
    assertThat(translations.of("From here to there. It goes on to the end.", SPANISH))
        .isEqualTo("From here to there. It goes on to the end.");
    assertThat(translations.of("Note: one. Two.", SPANISH)).isEqualTo("Nota: one. Two.");
  }

  @Test
  void whatHasNoTranslationStaysEnglish() throws IOException {
    assertThat(translations().of("Nobody wrote this", SPANISH)).isEqualTo("Nobody wrote this");
    assertThat(translations().of("Triage the referral", Locale.FRENCH))
        .isEqualTo("Triage the referral");
    assertThat(translations().of(null, SPANISH)).isNull();
  }

  private static List<String> numbers(String text) {
    return Pattern.compile("\\d+(?:[.,]\\d+)?")
        .matcher(text)
        .results()
        .map(found -> found.group().replace(',', '.'))
        .toList();
  }

  private static Translations translations() throws IOException {
    Translations translations = new Translations();
    for (Path file : files()) {
      translations.add(new ContentFile(file.toString().replace('\\', '/'), SeenTexts.read(file)));
    }
    return translations;
  }

  private static List<Path> files() throws IOException {
    return SeenTexts.files("fhir-profiles", ".yaml");
  }
}
