package org.carepathway.patientlink.web;

import java.util.List;
import java.util.UUID;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.patientlink.Instructions;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What a patient must do before an appointment, for staff: to read out, and to print. */
@Controller
class InstructionPage {

  private final PathwayHeader header;
  private final Instructions instructions;
  private final InstructionLines lines;

  InstructionPage(PathwayHeader header, Instructions instructions, InstructionLines lines) {
    this.header = header;
    this.instructions = instructions;
    this.lines = lines;
  }

  @GetMapping("/pathways/{id}/instructions")
  @Transactional(readOnly = true)
  String show(@PathVariable UUID id, Model model) {
    OpenPathway open = header.show(id, model);
    model.addAttribute("lines", instructions.of(open).map(lines::of).orElse(List.of()));
    return "instructions";
  }
}
