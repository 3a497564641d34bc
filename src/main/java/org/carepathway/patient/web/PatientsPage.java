package org.carepathway.patient.web;

import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.carepathway.content.Catalogue;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.patient.PatientEntry;
import org.carepathway.patient.PatientSearch;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Finds a patient. What was typed names one: it is posted and kept in the session, never in an
 * address.
 */
@Controller
class PatientsPage {

  private static final String TEXT = "patients.text";

  private final PatientSearch search;
  private final Pathways pathways;
  private final Catalogue catalogue;

  PatientsPage(PatientSearch search, Pathways pathways, Catalogue catalogue) {
    this.search = search;
    this.pathways = pathways;
    this.catalogue = catalogue;
  }

  /**
   * @param title of its plan, in the words of its content
   */
  record Way(Pathway pathway, String title) {}

  /**
   * @param ways the pathways, the newest first; empty for a patient without a referral
   */
  record Found(PatientEntry patient, List<Way> ways) {}

  @PostMapping("/patients")
  String search(@RequestParam(defaultValue = "") String text, HttpSession session) {
    session.setAttribute(TEXT, text.strip());
    return "redirect:/patients";
  }

  @GetMapping("/patients")
  String page(@RequestParam(defaultValue = "1") int page, HttpSession session, Model model) {
    String text = session.getAttribute(TEXT) instanceof String typed ? typed : "";
    PatientSearch.Page found = search.page(text, page);
    model.addAttribute("wanted", text);
    model.addAttribute("found", found);
    model.addAttribute("patients", found.patients().stream().map(this::found).toList());
    return "patients";
  }

  private Found found(PatientEntry patient) {
    return new Found(
        patient,
        pathways.ofPatient(patient.id()).stream()
            .map(
                pathway ->
                    new Way(
                        pathway,
                        catalogue.content(pathway.key(), pathway.version()).plan().getTitle()))
            .toList());
  }
}
