package org.carepathway.chart;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.carepathway.caseload.Pauses;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.report.Reports;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The patient page: where one patient stands, and below it the part that is opened. */
@Controller
class PathwayPage {

  private final PathwayHeader header;
  private final PathwayTop top;
  private final PathwayParts parts;
  private final Stays.Reader stays;
  private final Pauses pauses;
  private final Reports reports;

  PathwayPage(
      PathwayHeader header,
      PathwayTop top,
      PathwayParts parts,
      Stays.Reader stays,
      Pauses pauses,
      Reports reports) {
    this.header = header;
    this.top = top;
    this.parts = parts;
    this.stays = stays;
    this.pauses = pauses;
    this.reports = reports;
  }

  /**
   * @param tab code of the part to open
   * @param all whether the bookkeeping is listed too
   * @param process id of the process to draw; the main one where none is named
   * @param htmx sent by a page that asks for the part only
   */
  @GetMapping("/pathways/{id}")
  String page(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "course") String tab,
      @RequestParam(defaultValue = "false") boolean all,
      @RequestParam(required = false) String process,
      @RequestHeader(name = "HX-Request", required = false) String htmx,
      Model model) {
    Tab opened = Tab.of(tab);
    boolean whole = htmx == null;
    OpenPathway open = whole ? header.show(id, model) : header.part(id, model);
    Optional<Stays> been =
        whole || opened == Tab.COURSE ? Optional.of(stays.of(open)) : Optional.empty();
    Optional<Ahead> ahead =
        whole || opened == Tab.PLAN
            ? pauses.next(id).flatMap(pause -> Ahead.of(open, pause))
            : Optional.empty();
    model.addAttribute("events", whole || opened == Tab.PLAN ? reports.possible(open) : List.of());
    model.addAttribute("alone", !whole);
    model.addAttribute("tab", opened.code());
    model.addAttribute("tabs", Stream.of(Tab.values()).map(Tab::code).toList());
    if (whole) {
      top.show(open, been.orElseThrow(), ahead, model);
    }
    switch (opened) {
      case COURSE -> CoursePart.show(open, been.orElseThrow(), process, model);
      case PLAN -> parts.plan(open, ahead, model);
      case MEASURES -> model.addAttribute("measures", header.measures(open));
      case DOCUMENTS -> parts.documents(open, model);
      case NOTES -> parts.notes(open, model);
      case RECORD -> parts.record(open, all, model);
    }
    return whole ? "pathway" : "pathway-parts :: part";
  }
}
