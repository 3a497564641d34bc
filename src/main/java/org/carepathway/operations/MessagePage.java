package org.carepathway.operations;

import java.util.List;
import org.carepathway.fhirfeed.FhirReading;
import org.carepathway.hl7.Hl7Reading;
import org.carepathway.hl7.Hl7Reading.Field;
import org.carepathway.hl7.Hl7Reading.Segment;
import org.carepathway.inbox.Feed;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.InboxLine;
import org.carepathway.inbox.InboxMessage;
import org.carepathway.inbox.InboxView;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** For who connects systems: one message, what became of it, and having it handled again. */
@Controller
@RequestMapping("/feeds/messages/{number}")
class MessagePage {

  private final InboxView view;
  private final Inbox inbox;
  private final Hl7Reading hl7;
  private final Pathways pathways;
  private final SeenPatients seen;
  private final CurrentUser user;

  MessagePage(
      InboxView view,
      Inbox inbox,
      Hl7Reading hl7,
      Pathways pathways,
      SeenPatients seen,
      CurrentUser user) {
    this.view = view;
    this.inbox = inbox;
    this.hl7 = hl7;
    this.pathways = pathways;
    this.seen = seen;
    this.user = user;
  }

  /**
   * @param id of the Patient
   */
  record About(String id, List<Pathway> pathways) {}

  @GetMapping
  String page(@PathVariable long number, Model model) {
    head(number, model);
    InboxMessage message = inbox.find(number).orElseThrow(PatientScope::nothingHere);
    model.addAttribute("longest", Aside.LONGEST);
    model.addAttribute("size", message.received().content().length);
    model.addAttribute("raw", RawText.of(FhirReading.lines(hl7.text(message))));
    model.addAttribute("segments", hl7.segments(message).stream().map(MessagePage::shown).toList());
    return "feed-message";
  }

  /** What became of it, for the page to refresh itself while it waits for its turn. */
  @GetMapping("/head")
  String head(@PathVariable long number, Model model) {
    InboxLine line = seen(number);
    model.addAttribute("line", line);
    model.addAttribute(
        "patients",
        line.patients().stream().map(id -> new About(id, pathways.ofPatient(id))).toList());
    model.addAttribute(
        "paused",
        view.feeds().stream()
            .filter(feed -> feed.source().equals(line.source()))
            .anyMatch(Feed::isPaused));
    return "feed-message :: head";
  }

  @PostMapping("/replay")
  String replay(@PathVariable long number, RedirectAttributes flash) {
    seen(number);
    flash.addFlashAttribute("replayed", inbox.replay(number, user.agent().name()));
    return "redirect:/feeds/messages/" + number;
  }

  @PostMapping("/aside")
  String aside(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String why,
      RedirectAttributes flash) {
    seen(number);
    Aside.set(why, reason -> inbox.setAside(number, user.agent().name(), reason), flash);
    return "redirect:/feeds/messages/" + number;
  }

  private static Segment shown(Segment segment) {
    return new Segment(
        segment.name(),
        segment.fields().stream()
            .map(field -> new Field(field.place(), RawText.shown(field.text())))
            .toList());
  }

  /** The audit keeps each look, also at what is of nobody here. */
  private InboxLine seen(long number) {
    InboxLine line = view.find(number).orElseThrow(PatientScope::nothingHere);
    seen.noted();
    line.patients().forEach(seen::add);
    return line;
  }
}
