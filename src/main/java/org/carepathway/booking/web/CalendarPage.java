package org.carepathway.booking.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.UUID;
import org.carepathway.booking.SiteClosing;
import org.carepathway.booking.SiteClosing.Changed;
import org.carepathway.calendar.CalendarSettings;
import org.carepathway.calendar.OpeningHours;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** When the site works, and the days on which it is closed. */
@Controller
@RequestMapping("/calendar")
class CalendarPage {

  private final SiteClosing closing;
  private final CalendarSettings settings;

  CalendarPage(SiteClosing closing, CalendarSettings settings) {
    this.closing = closing;
    this.settings = settings;
  }

  @GetMapping
  String page(Model model) {
    model.addAttribute(
        "opening", OpeningHours.parse(settings.opening()).in(LocaleContextHolder.getLocale()));
    model.addAttribute("holidays", settings.holidays());
    model.addAttribute("closures", closing.current());
    model.addAttribute("mayChange", closing.mayChange());
    return "calendar";
  }

  @PostMapping
  String close(
      @RequestParam String first,
      @RequestParam String last,
      @RequestParam String reason,
      RedirectAttributes flash) {
    try {
      tell(closing.close(day(first), day(last), reason), flash);
    } catch (UnprocessableEntityException wrong) {
      flash.addFlashAttribute("wrong", true);
    }
    return "redirect:/calendar";
  }

  @PostMapping("/{id}/open")
  String open(@PathVariable UUID id, RedirectAttributes flash) {
    tell(closing.open(id), flash);
    return "redirect:/calendar";
  }

  private static void tell(Changed changed, RedirectAttributes flash) {
    flash.addFlashAttribute("moved", changed.moved());
    flash.addFlashAttribute("hits", changed.hits());
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new UnprocessableEntityException("no date: " + text);
    }
  }
}
