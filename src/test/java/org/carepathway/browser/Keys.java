package org.carepathway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;

/** Somebody who has a keyboard and no mouse, and sees where they are. */
record Keys(Page page) {

  private static final int MOST = 500;

  /** Moves on to an element, or back to it. */
  void to(String selector) {
    move(selector, "Tab");
  }

  void backTo(String selector) {
    move(selector, "Shift+Tab");
  }

  void press(String key) {
    page.keyboard().press(key);
  }

  void type(String text) {
    page.keyboard().type(text);
  }

  /** Opens, follows or sends what has the focus, and waits for the page that comes. */
  void enter() {
    page.waitForNavigation(() -> press("Enter"));
  }

  /** Chooses an option of a question, by arrows as one does with radio buttons and lists. */
  void choose(String linkId, String code) {
    to("[data-link-id='" + linkId + "'] :is(input, select)");
    String chosen =
        "() => { const at = document.activeElement;"
            + " const one = at.tagName === 'SELECT' ? at.selectedOptions[0]"
            + " : at.closest('[data-link-id]').querySelector(':checked');"
            + " return one && (one.dataset.code || one.value); }";
    if (page.evaluate(chosen) == null) {
      press("Space");
    }
    for (int i = 0; i < MOST && !code.equals(page.evaluate(chosen)); i++) {
      press("ArrowDown");
    }
    assertThat(page.evaluate(chosen)).as(linkId).isEqualTo(code);
  }

  private void move(String selector, String key) {
    for (int i = 0; i < MOST; i++) {
      if (Boolean.TRUE.equals(
          page.evaluate("what => document.activeElement.matches(what)", selector))) {
        assertThat(page.evaluate(VISIBLE)).as("the focus is seen at " + selector).isEqualTo(true);
        return;
      }
      press(key);
    }
    throw new AssertionError(selector + " is not reached with " + key);
  }

  private static final String VISIBLE =
      """
      () => {
        const style = getComputedStyle(document.activeElement);
        const box = document.activeElement.getBoundingClientRect();
        const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
          || style.boxShadow !== 'none';
        return ring && box.width > 0 && box.height > 0;
      }""";
}
