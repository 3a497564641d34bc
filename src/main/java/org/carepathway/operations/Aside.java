package org.carepathway.operations;

import java.util.function.Predicate;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Setting aside what waits for a person, which needs a reason. */
final class Aside {

  /** Of a reason, in characters. */
  static final int LONGEST = 500;

  private Aside() {}

  /**
   * @param why as it was typed
   * @param set sets it aside for a reason, and answers whether it still waited
   */
  static void set(String why, Predicate<String> set, RedirectAttributes flash) {
    String reason = MessagesAsked.plain(why);
    if (reason.isEmpty() || reason.length() > LONGEST) {
      flash.addFlashAttribute("unreasoned", reason);
    } else {
      flash.addFlashAttribute("aside", set.test(reason));
    }
  }
}
