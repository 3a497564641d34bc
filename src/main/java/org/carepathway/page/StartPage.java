package org.carepathway.page;

import java.util.List;
import org.carepathway.security.CurrentUser;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Where people begin: at their tasks; who has none, where they are needed: what failed, who saw
 * what, what other systems send.
 */
@Controller
class StartPage {

  private static final String WORKLIST = "worklist";
  private static final List<String> WITHOUT_TASKS = List.of("incidents", "audit", "feeds");

  private final CurrentUser user;

  StartPage(CurrentUser user) {
    this.user = user;
  }

  @GetMapping("/")
  String page() {
    return "redirect:/"
        + (user.mayOpen("tasks")
            ? WORKLIST
            : WITHOUT_TASKS.stream().filter(user::mayOpen).findFirst().orElse(WORKLIST));
  }
}
