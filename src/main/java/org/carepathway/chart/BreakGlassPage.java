package org.carepathway.chart;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.PatientNumbers;
import org.carepathway.security.BreakGlass;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Opening the record of another team's patient in an emergency. */
@Controller
@RequestMapping("/break-glass")
class BreakGlassPage {

  private static final int SHORTEST_REASON = 10;
  private static final String PAGE = "break-glass";

  private final BreakGlass breakGlass;
  private final PatientNumbers patients;
  private final Pathways pathways;

  BreakGlassPage(BreakGlass breakGlass, PatientNumbers patients, Pathways pathways) {
    this.breakGlass = breakGlass;
    this.patients = patients;
    this.pathways = pathways;
  }

  @GetMapping
  String page() {
    return PAGE;
  }

  /** The number is posted, so that it stands in no address and no log. */
  @PostMapping
  String open(
      @RequestParam String number,
      @RequestParam String reason,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    if (reason.strip().length() < SHORTEST_REASON) {
      return again("breakglass.reason.missing", reason, model, response);
    }
    Optional<String> patient = patients.find(number.strip());
    if (patient.isEmpty()) {
      return again("breakglass.unknown", reason, model, response);
    }
    Optional<Pathway> pathway = pathways.ofPatient(patient.get()).stream().findFirst();
    if (pathway.isEmpty()) {
      return again("breakglass.nothing", reason, model, response);
    }
    flash.addFlashAttribute("openUntil", breakGlass.open(patient.get(), reason.strip()).until());
    return "redirect:/pathways/" + pathway.get().id();
  }

  private static String again(
      String problem, String reason, Model model, HttpServletResponse response) {
    response.setStatus(422);
    model.addAttribute("problem", problem);
    model.addAttribute("reason", reason);
    return PAGE;
  }
}
