package org.carepathway.booking.web;

import java.util.UUID;
import org.carepathway.booking.BookingOverride;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A lead allows a booking in a leave or closure, from the patient page. */
@Controller
class OverridePage {

  private final BookingOverride override;

  OverridePage(BookingOverride override) {
    this.override = override;
  }

  @PostMapping("/pathways/{id}/booking-override")
  String allow(@PathVariable UUID id, @RequestParam(defaultValue = "") String reason) {
    override.allow(id, reason);
    return "redirect:/pathways/" + id;
  }
}
