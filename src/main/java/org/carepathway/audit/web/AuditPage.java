package org.carepathway.audit.web;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.audit.AuditLine;
import org.carepathway.audit.AuditTrail;
import org.carepathway.pathway.PatientNumbers;
import org.carepathway.security.BreakGlass;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** For auditors: who saw a patient, and which records were opened in an emergency. */
@Controller
@RequestMapping("/audit")
class AuditPage {

  private static final int LIMIT = 500;
  private static final int REVIEWS = 100;

  private final AuditTrail trail;
  private final BreakGlass breakGlass;
  private final PatientNumbers patients;

  AuditPage(AuditTrail trail, BreakGlass breakGlass, PatientNumbers patients) {
    this.trail = trail;
    this.breakGlass = breakGlass;
    this.patients = patients;
  }

  @GetMapping
  String page(Model model) {
    model.addAttribute("openings", breakGlass.unreviewed(REVIEWS));
    return "audit";
  }

  /** The number is posted, so that it stands in no address and no log. */
  @PostMapping
  String patient(@RequestParam String number, Model model) {
    Optional<String> patient = patients.find(number.strip());
    List<AuditLine> lines = patient.map(id -> trail.ofPatient(id, LIMIT)).orElse(List.of());
    model.addAttribute("lines", lines);
    model.addAttribute("limit", LIMIT);
    return page(model);
  }

  @PostMapping("/openings/{id}/reviewed")
  String reviewed(@PathVariable UUID id) {
    breakGlass.review(id);
    return "redirect:/audit";
  }
}
