package org.carepathway.booking.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.carepathway.booking.CalendarFeeds;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Calendars of rooms and people, by a secret link; nobody signs in to read one. */
@Controller
class CalendarFeedPage {

  private static final MediaType CALENDAR =
      new MediaType("text", "calendar", StandardCharsets.UTF_8);

  private final CalendarFeeds feeds;

  CalendarFeedPage(CalendarFeeds feeds) {
    this.feeds = feeds;
  }

  /** A program that asks each quarter of an hour is answered 304 while nothing has changed. */
  @GetMapping("/calendars/{token}")
  ResponseEntity<String> calendar(@PathVariable String token, WebRequest request) {
    return feeds
        .read(token)
        .map(
            read ->
                request.checkNotModified(read.tag())
                    ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).<String>build()
                    : ResponseEntity.ok()
                        .contentType(CALENDAR)
                        .cacheControl(CacheControl.noCache().cachePrivate())
                        .body(read.text()))
        .orElse(ResponseEntity.notFound().build());
  }

  /** The link is shown once. */
  @PostMapping("/capacity/{actor}/calendar")
  String issue(@PathVariable long actor, Locale language, RedirectAttributes flash) {
    flash.addFlashAttribute(
        "feed",
        ServletUriComponentsBuilder.fromCurrentContextPath()
            .path("/calendars/{token}")
            .build(feeds.issue(actor, language))
            .toString());
    flash.addFlashAttribute("feedOf", actor);
    return "redirect:/capacity";
  }

  @PostMapping("/capacity/{actor}/calendar/revoke")
  String revoke(@PathVariable long actor, RedirectAttributes flash) {
    feeds.revoke(actor);
    flash.addFlashAttribute("kept", true);
    return "redirect:/capacity";
  }
}
