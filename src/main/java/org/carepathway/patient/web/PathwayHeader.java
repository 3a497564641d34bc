package org.carepathway.patient.web;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.UUID;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.carepathway.pathway.Holds;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.patient.Overview;
import org.carepathway.security.PatientScope;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What stands on top of every page about a patient's pathway. */
@Component
public class PathwayHeader {

  private final Pathways pathways;
  private final Overview overview;
  private final Holds holds;
  private final Dates dates;
  private final Texts texts;

  PathwayHeader(Pathways pathways, Overview overview, Holds holds, Dates dates, Texts texts) {
    this.pathways = pathways;
    this.overview = overview;
    this.holds = holds;
    this.dates = dates;
    this.texts = texts;
  }

  /**
   * @throws ResourceNotFoundException (404)
   */
  public OpenPathway open(UUID id) {
    return pathways.view(id).orElseThrow(PatientScope::nothingHere);
  }

  /** What was measured of the patient. */
  public PatientMeasures measures(OpenPathway open) {
    return overview
        .measures(open)
        .map(shown -> PatientMeasures.of(shown, texts.of(shown.form()), dates, texts))
        .orElse(PatientMeasures.NONE);
  }

  /** Adds to a part of a page what the page has of its header: {@code pathway} and {@code plan}. */
  public OpenPathway part(UUID id, Model model) {
    OpenPathway open = open(id);
    model.addAttribute("pathway", open.pathway());
    model.addAttribute("plan", texts.of(open.content().plan().getTitle()));
    return open;
  }

  /** Adds the header to a page: {@code pathway}, {@code plan}, {@code patient} and its picture. */
  public OpenPathway show(UUID id, Model model) {
    OpenPathway open = part(id, model);
    PatientPicture picture =
        overview
            .top(open)
            .map(shown -> PatientPicture.of(shown, texts.of(shown.form()), dates, texts))
            .orElse(PatientPicture.NONE);
    model.addAttribute("patient", PatientHeader.of(open.patient(), dates, texts));
    model.addAttribute("picture", picture);
    model.addAttribute("hold", open.pathway().isActive() ? holds.find(id).orElse(null) : null);
    return open;
  }
}
