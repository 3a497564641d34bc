package org.carepathway.task.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.carepathway.answers.Enquiry;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.Submissions;
import org.carepathway.answers.web.WebForm;
import org.carepathway.booking.Chosen;
import org.carepathway.booking.FittingTimes;
import org.carepathway.booking.Moving;
import org.carepathway.booking.Proposals;
import org.carepathway.capacity.Period;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.report.Reports;
import org.carepathway.security.PatientScope;
import org.carepathway.task.Moves;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Moving or cancelling a booking, with the free times that there are. */
@Controller
@RequestMapping("/pathways/{id}/move")
class MovePage {

  private final Moves moves;
  private final Reports reports;
  private final Proposals proposals;
  private final FittingTimes fitting;
  private final Submissions submissions;
  private final PathwayHeader header;
  private final WebForm form;
  private final Texts texts;
  private final Clock clock;

  MovePage(
      Moves moves,
      Reports reports,
      Proposals proposals,
      FittingTimes fitting,
      Submissions submissions,
      PathwayHeader header,
      WebForm form,
      Texts texts,
      Clock clock) {
    this.moves = moves;
    this.reports = reports;
    this.proposals = proposals;
    this.fitting = fitting;
    this.submissions = submissions;
    this.header = header;
    this.form = form;
    this.texts = texts;
    this.clock = clock;
  }

  /**
   * @param start a new time that was chosen; null for none
   * @param on a day that was chosen, of which the first free time is taken; null for none
   */
  @GetMapping
  String page(
      @PathVariable UUID id,
      @RequestParam(required = false) Instant start,
      @RequestParam(required = false) LocalDate on,
      Model model) {
    Moving moving = header(id, model);
    if (on != null) {
      Optional<Instant> first = firstOn(id, on);
      if (first.isEmpty()) {
        model.addAttribute("noneOn", on);
      }
      return page(id, moving, first.orElse(null), model);
    }
    return page(id, moving, start, model);
  }

  private String page(UUID id, Moving moving, Instant start, Model model) {
    Prefilled first = reports.first(id, moving.event());
    model.addAttribute("chosen", start);
    form.fill(start == null ? first : at(first, moving.newStart(), start), Optional.empty(), model);
    return "move";
  }

  /** Moves it; the same page again, with all that was entered, when it is refused. */
  @PostMapping
  String move(
      @PathVariable UUID id,
      @RequestParam MultiValueMap<String, String> posted,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    Moving moving = moving(id);
    boolean[] booked = {false};
    return form.submit(
            posted,
            given -> booked[0] = moves.move(id, moving, given),
            () -> reports.first(id, moving.event()))
        .map(
            refused -> {
              header(id, model);
              response.setStatus(refused.status().value());
              refused.show(model);
              model.addAttribute("conflict", refused.conflict());
              return "move";
            })
        .orElseGet(
            () -> {
              flash.addFlashAttribute("moved", booked[0]);
              return "redirect:/pathways/" + id + "/move/done";
            });
  }

  @GetMapping("/done")
  String done(@PathVariable UUID id, Model model) {
    header.show(id, model);
    return "moved";
  }

  private Moving header(UUID id, Model model) {
    header.show(id, model);
    Moving moving = moving(id);
    OpenPathway open = header.open(id);
    model.addAttribute("eventTitle", texts.of(reports.event(id, moving.event()).title()));
    proposals
        .offer(
            open,
            moving.form(),
            moving.element(),
            submissions.prefilled(Enquiry.of(open, moving.form(), moving.element())).answers())
        .ifPresent(offer -> model.addAttribute("offer", offer));
    return moving;
  }

  private Optional<Instant> firstOn(UUID id, LocalDate day) {
    Period whole =
        new Period(
            day.atStartOfDay(clock.getZone()).toInstant(),
            day.plusDays(1).atStartOfDay(clock.getZone()).toInstant());
    return fitting.within(header.open(id), whole, Set.of()).map(fit -> fit.time().start());
  }

  private Moving moving(UUID id) {
    return Moving.of(header.open(id).content()).orElseThrow(PatientScope::nothingHere);
  }

  private Prefilled at(Prefilled first, String newStart, Instant start) {
    Chosen chosen = new Chosen(Map.of(newStart, Chosen.time(start, clock.getZone())));
    return new Prefilled(first.form(), chosen.in(first.form(), first.answers()), first.context());
  }
}
