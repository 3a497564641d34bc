package org.carepathway.patientlink.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.carepathway.outreach.Matter;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.patientlink.web.LinkVisits.Visit;
import org.carepathway.security.ActAs;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How and when a patient wants to be written to, told by the link of any message. */
@Controller
@RequestMapping("/link/{token}/channels")
class ChannelLinkPage {

  private static final String VIEW = "link/channels";

  private final LinkVisits visits;
  private final ChannelChoice choice;
  private final Pathways pathways;

  ChannelLinkPage(LinkVisits visits, ChannelChoice choice, Pathways pathways) {
    this.visits = visits;
    this.choice = choice;
    this.pathways = pathways;
  }

  @GetMapping
  String show(
      @PathVariable String token,
      @CookieValue(name = LinkCookie.NAME, required = false) String proof,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Visit visit = visits.of(token, proof, request, model);
    if (!visit.proven()) {
      return visit.show(visit.screen(), response);
    }
    choice.show(open(visit.matter()), model);
    return VIEW;
  }

  @PostMapping
  String keep(
      @PathVariable String token,
      @CookieValue(name = LinkCookie.NAME, required = false) String proof,
      @RequestParam(required = false) List<String> channel,
      @RequestParam(required = false) List<String> hour,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Visit visit = visits.of(token, proof, request, model);
    if (!visit.proven()) {
      return visit.show(visit.screen(), response);
    }
    ActAs.patient(
        visit.matter().patientId(), () -> choice.keep(open(visit.matter()), channel, hour));
    choice.show(open(visit.matter()), model);
    model.addAttribute("kept", true);
    return VIEW;
  }

  private OpenPathway open(Matter matter) {
    return ActAs.patient(matter.patientId(), () -> pathways.view(matter.pathwayId()).orElseThrow());
  }
}
