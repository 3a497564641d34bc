package org.carepathway.patientlink.web;

import java.util.List;
import java.util.UUID;
import org.carepathway.patient.web.PathwayHeader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How and when a patient wants to be written to, as told to staff. */
@Controller
@RequestMapping("/pathways/{id}/channels")
class ChannelPage {

  private final PathwayHeader header;
  private final ChannelChoice choice;

  ChannelPage(PathwayHeader header, ChannelChoice choice) {
    this.header = header;
    this.choice = choice;
  }

  @GetMapping
  String show(@PathVariable UUID id, Model model) {
    choice.show(header.show(id, model), model);
    return "channels";
  }

  @PostMapping
  String keep(
      @PathVariable UUID id,
      @RequestParam(required = false) List<String> channel,
      @RequestParam(required = false) List<String> hour) {
    choice.keep(header.open(id), channel, hour);
    return "redirect:/pathways/" + id + "/channels";
  }
}
