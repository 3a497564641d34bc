package org.carepathway.operations;

import jakarta.servlet.http.HttpSession;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.cdshooks.CardUses;
import org.carepathway.fhirfeed.FeedStates;
import org.carepathway.hl7.Hl7Reading;
import org.carepathway.inbox.Feed;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.InboxView;
import org.carepathway.inbox.State;
import org.carepathway.pathway.PatientNumbers;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientScope;
import org.carepathway.security.SeenPatients;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * For who connects systems: how each feed goes, and the messages that wait for a person. What was
 * typed may name a patient: it is posted and kept in the session, never in an address.
 */
@Controller
@RequestMapping("/feeds")
class FeedsPage {

  private static final String TEXT = "feeds.text";

  private final InboxView view;
  private final Inbox inbox;
  private final Hl7Reading hl7;
  private final FeedStates ehrs;
  private final PatientNumbers patients;
  private final SeenPatients seen;
  private final CurrentUser user;
  private final SendingPage sending;
  private final SubscriptionsPage subscriptions;
  private final CardUses cards;

  FeedsPage(
      InboxView view,
      Inbox inbox,
      Hl7Reading hl7,
      FeedStates ehrs,
      PatientNumbers patients,
      SeenPatients seen,
      CurrentUser user,
      SendingPage sending,
      SubscriptionsPage subscriptions,
      CardUses cards) {
    this.view = view;
    this.inbox = inbox;
    this.hl7 = hl7;
    this.ehrs = ehrs;
    this.patients = patients;
    this.seen = seen;
    this.user = user;
    this.sending = sending;
    this.subscriptions = subscriptions;
    this.cards = cards;
  }

  @GetMapping
  String page(MessagesAsked asked, Model model) {
    feeds(model);
    sending.table(model);
    subscriptions.table(model);
    rows(asked, model);
    model.addAttribute("choices", MessagesAsked.choices());
    model.addAttribute("cards", cards.all());
    return "feeds";
  }

  /** The table of the feeds, for the page to refresh itself. */
  @GetMapping("/table")
  String feeds(Model model) {
    model.addAttribute("feeds", all());
    model.addAttribute("connections", ehrs.all());
    model.addAttribute("states", State.values());
    model.addAttribute("most", Feed.MOST);
    return "feeds :: feeds";
  }

  /** The messages, for the page to refresh itself. */
  @GetMapping("/rows")
  String rows(MessagesAsked asked, Model model) {
    model.addAttribute("asked", asked);
    show(view.list(asked.wanted(), asked.source(), asked.newestBefore()), model);
    return "feeds :: rows";
  }

  @PostMapping("/found")
  String search(@RequestParam(defaultValue = "") String text, HttpSession session) {
    String wanted = MessagesAsked.plain(text);
    session.setAttribute(TEXT, wanted);
    return wanted.isEmpty() ? "redirect:/feeds" : "redirect:/feeds/found";
  }

  @GetMapping("/found")
  String found(MessagesAsked asked, HttpSession session, Model model) {
    seen.noted();
    feeds(model);
    sending.table(model);
    subscriptions.table(model);
    foundRows(asked, session, model);
    model.addAttribute("choices", MessagesAsked.choices());
    return "feeds";
  }

  @GetMapping("/found/rows")
  String foundRows(MessagesAsked asked, HttpSession session, Model model) {
    String text = session.getAttribute(TEXT) instanceof String typed ? typed : "";
    model.addAttribute("asked", asked);
    model.addAttribute("text", text);
    String patient = text.isEmpty() ? null : patients.find(text).orElse(null);
    show(view.search(text, patient, asked.newestBefore()), model);
    return "feeds :: rows";
  }

  @PostMapping("/{source}/pause")
  String pause(@PathVariable String source) {
    requireKnown(source);
    seen.noted();
    inbox.pause(source, user.agent().name());
    return "redirect:/feeds";
  }

  @PostMapping("/{source}/resume")
  String resume(@PathVariable String source) {
    requireKnown(source);
    seen.noted();
    inbox.resume(source);
    return "redirect:/feeds";
  }

  private void show(InboxView.Page page, Model model) {
    page.lines().stream().flatMap(line -> line.patients().stream()).forEach(seen::add);
    model.addAttribute("page", page);
  }

  /** Those of the settings that have sent nothing too. */
  private List<Feed> all() {
    List<Feed> known = view.feeds();
    Set<String> names = known.stream().map(Feed::source).collect(Collectors.toSet());
    return Stream.concat(
            known.stream(),
            Stream.concat(hl7.feeds().stream(), ehrs.names().stream())
                .filter(name -> !names.contains(name))
                .map(Feed::silent))
        .sorted(Comparator.comparing(Feed::source))
        .toList();
  }

  private void requireKnown(String source) {
    if (all().stream().noneMatch(feed -> feed.source().equals(source))) {
      throw PatientScope.nothingHere();
    }
  }
}
