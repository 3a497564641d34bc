package org.carepathway.page;

import java.util.List;
import org.carepathway.security.CurrentUser;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where people begin: the worklist, or the feeds for who connects systems. */
@Controller
class StartPage {

  private static final List<String> FIRST = List.of("worklist", "feeds");

  private final CurrentUser user;

  StartPage(CurrentUser user) {
    this.user = user;
  }

  @GetMapping("/")
  String page() {
    return "redirect:/" + FIRST.stream().filter(user::mayOpen).findFirst().orElse(FIRST.get(0));
  }
}
