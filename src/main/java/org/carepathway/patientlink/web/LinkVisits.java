package org.carepathway.patientlink.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.carepathway.document.Letterhead;
import org.carepathway.outreach.Links;
import org.carepathway.outreach.Links.Link;
import org.carepathway.outreach.Matter;
import org.carepathway.outreach.Matters;
import org.carepathway.page.SpokenLanguage;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What a link shows to who opens it now. */
@Component
class LinkVisits {

  private final Links links;
  private final Matters matters;
  private final Letterhead letterhead;

  LinkVisits(Links links, Matters matters, Letterhead letterhead) {
    this.links = links;
    this.matters = matters;
    this.letterhead = letterhead;
  }

  /**
   * @param matter null where there is no such link
   * @param proven whether the browser has told the right date of birth
   */
  record Visit(Screen screen, Matter matter, boolean proven) {

    /** The page that shows it; a screen that is not found has another status than 200. */
    String show(Screen shown, HttpServletResponse response) {
      if (response.getStatus() == HttpStatus.OK.value()) {
        response.setStatus(shown.status().value());
      }
      return shown.view();
    }
  }

  Visit of(String token, String proof, HttpServletRequest request, Model model) {
    model.addAttribute("token", token);
    model.addAttribute("site", letterhead);
    Optional<Link> found = links.find(token, proof);
    SpokenLanguage.choose(request, found.map(Link::language).orElse(null));
    model.addAttribute("language", SpokenLanguage.query(request));
    if (found.isEmpty()) {
      return new Visit(Screen.UNKNOWN, null, false);
    }
    Link link = found.get();
    Matter matter = matters.find(link.about()).orElseThrow();
    model.addAttribute("purpose", matter.purpose().code());
    return new Visit(screen(link, matter), matter, link.proven());
  }

  private static Screen screen(Link link, Matter matter) {
    if (matter.state() == Matter.State.ANSWERED) {
      return Screen.THANKS;
    }
    if (matter.locked() != null) {
      return Screen.LOCKED;
    }
    if (link.expired() || !matter.isOpen()) {
      return Screen.GONE;
    }
    if (!link.proven()) {
      return Screen.BIRTH;
    }
    return switch (matter.purpose()) {
      case APPOINTMENT -> Screen.APPOINTMENT;
      case QUESTION, ALARM -> Screen.QUESTIONS;
    };
  }
}
