package org.carepathway.cdshooks;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.carepathway.cdshooks.CardWriter.Held;
import org.carepathway.cdshooks.ShownCard.Link;
import org.carepathway.cdshooks.ShownCard.Reason;
import org.carepathway.cdshooks.ShownCard.Source;
import org.carepathway.content.Translations;
import org.carepathway.ehr.OwnAddress;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.WorkItems;
import org.springframework.stereotype.Component;

/** Gives a card that holds the face that the EHR shows: its words, and the way to the task. */
@Component
class CardFace {

  private static final String REASONS = "https://carepathway.org/fhir/CodeSystem/card-override";

  private final Translations translations;
  private final WorkItems items;
  private final OwnAddress address;
  private final Clock clock;

  CardFace(Translations translations, WorkItems items, OwnAddress address, Clock clock) {
    this.translations = translations;
    this.items = items;
    this.address = address;
    this.clock = clock;
  }

  /**
   * @param smart whether the EHR starts us as an app, so that its user need not sign in
   */
  ShownCard of(UUID id, Held held, Locale language, boolean smart) {
    CardText text = new CardText(translations, language, clock.getZone());
    List<String> blanks = held.blanks().stream().map(text::value).toList();
    Map<String, String> reasons = held.content().cards().reasons();
    return new ShownCard(
        id.toString(),
        text.summary(held.card().summary(), blanks),
        held.card().detail() == null ? null : text.detail(held.card().detail(), blanks),
        held.card().indicator(),
        new Source(text.plain(held.content().plan().getTitle()), null),
        held.card().reasons().stream()
            .map(code -> new Reason(REASONS, code, text.plain(reasons.get(code))))
            .toList(),
        links(held, text, smart));
  }

  private List<Link> links(Held held, CardText text, boolean smart) {
    List<Link> links = new ArrayList<>();
    if (held.pathway() != null) {
      UUID pathway = held.pathway().id();
      items.ofPathway(pathway).stream()
          .filter(WorkItem::isOpen)
          .filter(item -> held.card().tasks().contains(item.element()))
          .min(Comparator.comparing(item -> held.card().tasks().indexOf(item.element())))
          .ifPresent(
              item ->
                  links.add(link(text.plain(item.title()), "task", "/tasks/", item.id(), smart)));
      links.add(link(text.plain("Open the pathway"), "pathway", "/pathways/", pathway, smart));
    }
    return links;
  }

  private Link link(String label, String what, String path, UUID id, boolean smart) {
    return link(address, label, what, path, id, smart);
  }

  static Link link(
      OwnAddress address, String label, String what, String path, UUID id, boolean smart) {
    return smart
        ? new Link(
            label, address.of("/launch").toString(), "smart", "{\"%s\":\"%s\"}".formatted(what, id))
        : new Link(label, address.of(path + id).toString(), "absolute", null);
  }
}
