package org.carepathway.page;

import java.math.BigDecimal;
import java.util.Locale;
import org.carepathway.content.Translations;
import org.carepathway.form.Form;
import org.carepathway.form.NumberText;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Texts in the language of who reads the page. */
@Component("texts")
public class Texts {

  private final Translations translations;
  private final MessageSource messages;
  private final RuleNames rules;
  private final Dates dates;

  Texts(Translations translations, MessageSource messages, RuleNames rules, Dates dates) {
    this.translations = translations;
    this.messages = messages;
    this.rules = rules;
    this.dates = dates;
  }

  /** A text of the content, such as a task's title. */
  public String of(String english) {
    return translations.of(english, language());
  }

  /** A text of our own. */
  public String message(String key, Object... arguments) {
    return messages.getMessage(key, arguments, language());
  }

  /** A number as it is written in the language of the page; empty where there is none. */
  public String number(BigDecimal number) {
    return number == null ? "" : NumberText.of(number, language());
  }

  /** A form to show; what is answered is read with the form itself. */
  public Form of(Form form) {
    return form.in(language(), this::shown);
  }

  /**
   * What a form only shows may be the rule that decided, which is read in its words, or results on
   * file.
   */
  public String shown(String english) {
    return rules
        .of(english)
        .map(this::of)
        .map(RuleWords::of)
        .orElseGet(() -> english == null ? null : onFile(of(english)));
  }

  private String onFile(String text) {
    return dates.in(OnFile.read(text, this::of));
  }

  private static Locale language() {
    return LocaleContextHolder.getLocale();
  }
}
