package org.carepathway.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/** Types answers into the fields of a page as a person does, in the order of the form. */
final class FormFiller {

  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

  private final Page page;
  private final boolean byKey;

  FormFiller(Page page) {
    this(page, false);
  }

  private FormFiller(Page page, boolean byKey) {
    this.page = page;
    this.byKey = byKey;
    page.waitForLoadState(LoadState.LOAD);
  }

  /** Where no script runs: a click would wait for ever for the page's next frame. */
  static FormFiller byKey(Page page) {
    return new FormFiller(page, true);
  }

  /**
   * What is computed of the last answer has been read at the end, as it has to be before sending.
   */
  void fill(List<QuestionnaireResponseItemComponent> items) {
    fill(items, page.locator("[data-form]"));
    if (!byKey) {
      page.waitForFunction("() => [...document.forms].every(form => !form.computing)");
    }
  }

  private void fill(List<QuestionnaireResponseItemComponent> items, Locator scope) {
    Map<String, Integer> seen = new HashMap<>();
    for (QuestionnaireResponseItemComponent item : items) {
      if (item.hasItem()) {
        int number = seen.merge(item.getLinkId(), 1, Integer::sum);
        fill(item.getItem(), repetition(item.getLinkId(), number, scope));
      } else if (item.hasAnswer()) {
        answer(
            scope.locator("[data-link-id='" + item.getLinkId() + "']").first(), item.getAnswer());
      }
    }
  }

  /** The box of a repetition, which a click on Add makes; the scope itself for a plain group. */
  private Locator repetition(String linkId, int number, Locator scope) {
    String add =
        """
        linkId => {
          const group = [...document.querySelectorAll('fieldset[data-group]')].find(one => {
            const blank = one.querySelector(':scope > template');
            return blank && blank.content.querySelector('input[name^="' + linkId + '["]');
          });
          if (!group) return -1;
          const count = group.querySelectorAll(':scope > [data-repetition]').length;
          return count;
        }""";
    int count = ((Number) page.evaluate(add, linkId)).intValue();
    if (count < 0) {
      return scope;
    }
    Locator boxes =
        page.locator("[data-repetition]:has(> input[type=hidden][name^='" + linkId + "['])");
    while (boxes.count() < number) {
      page.evaluate(
          """
          linkId => [...document.querySelectorAll('fieldset[data-group]')].find(one => {
            const blank = one.querySelector(':scope > template');
            return blank && blank.content.querySelector('input[name^="' + linkId + '["]');
          }).querySelector(':scope > [data-add]').click()""",
          linkId);
    }
    return boxes.nth(number - 1);
  }

  private void answer(Locator field, List<QuestionnaireResponseItemAnswerComponent> answers) {
    if (field.count() == 0 || !field.isVisible() || field.locator("output").count() > 0) {
      return;
    }
    clearTicks(field);
    for (QuestionnaireResponseItemAnswerComponent answer : answers) {
      Type value = answer.getValue();
      if (field.locator("input[type=radio], input[type=checkbox]").count() > 0) {
        choose(field.locator(choice(value)));
      } else if (field.locator("select:not([name$='@unit'])").count() > 0) {
        Locator option = field.locator("option[data-code='" + ((Coding) value).getCode() + "']");
        field
            .locator("select:not([name$='@unit'])")
            .selectOption(option.first().getAttribute("value"));
      } else {
        field.locator("input:not([type=hidden]), textarea").first().fill(text(value));
        chooseUnit(field, value);
      }
    }
  }

  private void choose(Locator choice) {
    if (!byKey) {
      choice.check();
    } else if (!choice.isChecked()) {
      choice.press(" ");
    }
  }

  /** What was ticked in advance is not what this scenario answers. */
  private void clearTicks(Locator field) {
    Locator ticked = field.locator("input[type=checkbox]:checked");
    while (ticked.count() > 0) {
      if (byKey) {
        ticked.first().press(" ");
      } else {
        ticked.first().uncheck();
      }
    }
  }

  private static String choice(Type value) {
    return value instanceof Coding coding
        ? "input[data-code='" + coding.getCode() + "']"
        : "input[value='" + value.primitiveValue() + "']";
  }

  private static void chooseUnit(Locator field, Type value) {
    Locator units = field.locator("select[name$='@unit']");
    if (value instanceof Quantity quantity && units.count() > 0) {
      Locator unit = units.locator("option[data-code='" + quantity.getCode() + "']");
      units.selectOption(unit.first().getAttribute("value"));
    }
  }

  private static String text(Type value) {
    if (value instanceof DateTimeType moment) {
      return LOCAL.format(moment.getValue().toInstant().atZone(ZoneId.systemDefault()));
    }
    return value instanceof Quantity quantity
        ? quantity.getValue().toPlainString()
        : value.primitiveValue();
  }
}
