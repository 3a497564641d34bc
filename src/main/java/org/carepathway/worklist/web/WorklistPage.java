package org.carepathway.worklist.web;

import jakarta.servlet.http.HttpSession;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.carepathway.security.Colleagues;
import org.carepathway.security.Role;
import org.carepathway.worklist.Filter;
import org.carepathway.worklist.Filter.Due;
import org.carepathway.worklist.Filter.Scope;
import org.carepathway.worklist.Priorities;
import org.carepathway.worklist.SavedViews;
import org.carepathway.worklist.WorklistPages;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What there is to do. The filters are in the address and stay for the session; what was typed to
 * search for a patient is in the session only.
 */
@Controller
class WorklistPage {

  static final int SIZE = 50;

  private static final String FILTERS = "worklist.filters";
  private static final String TEXT = "worklist.text";

  private final WorklistPages pages;
  private final SavedViews views;
  private final Colleagues colleagues;
  private final Hands hands;
  private final TaskLines lines;

  WorklistPage(
      WorklistPages pages, SavedViews views, Colleagues colleagues, Hands hands, TaskLines lines) {
    this.pages = pages;
    this.views = views;
    this.colleagues = colleagues;
    this.hands = hands;
    this.lines = lines;
  }

  @GetMapping("/worklist")
  String page(ListRequest asked, HttpSession session, Model model) {
    ListRequest request =
        asked.scope() == null && session.getAttribute(FILTERS) instanceof ListRequest before
            ? before
            : asked;
    session.setAttribute(FILTERS, request.first());
    rows(request, session, model);
    model.addAttribute("counts", counts((String) session.getAttribute(TEXT)));
    model.addAttribute("views", views.mine());
    model.addAttribute("scopes", Arrays.stream(Scope.values()).map(Scope::code).toList());
    model.addAttribute("stages", pages.stages());
    model.addAttribute("sites", pages.sites());
    model.addAttribute("roles", Arrays.stream(Role.values()).map(Role::code).toList());
    model.addAttribute("colleagues", colleagues.all());
    model.addAttribute("hands", hands.all());
    model.addAttribute("dues", Arrays.stream(Due.values()).map(Due::code).toList());
    model.addAttribute("priorities", Priorities.CODES);
    return "worklist";
  }

  /** The table's rows, for the page to refresh itself. */
  @GetMapping("/worklist/rows")
  String rows(ListRequest request, HttpSession session, Model model) {
    String text = (String) session.getAttribute(TEXT);
    Filter filter = request.filter(text);
    WorklistPages.Page page = pages.page(filter, request.order(), request.after(), SIZE);
    model.addAttribute("asked", request);
    model.addAttribute("query", request.query());
    model.addAttribute("filter", filter);
    model.addAttribute("text", text);
    model.addAttribute("tasks", lines.lines(page.items()));
    model.addAttribute("next", page.next());
    return "worklist :: rows";
  }

  /** Code of each scope to how many tasks it has of what is searched for. */
  private Map<String, String> counts(String text) {
    Map<String, String> counts = new HashMap<>();
    pages
        .counts(text)
        .forEach(
            (scope, count) ->
                counts.put(
                    scope.code(),
                    count < WorklistPages.MOST_COUNTED ? count.toString() : (count - 1) + "+"));
    return counts;
  }

  /** Keeps what was typed; an empty text ends the search. */
  @PostMapping("/worklist/search")
  String search(@RequestParam String text, ListRequest request, HttpSession session) {
    if (text.isBlank()) {
      session.removeAttribute(TEXT);
    } else {
      session.setAttribute(TEXT, text.strip());
    }
    return "redirect:/worklist?" + request.query();
  }
}
