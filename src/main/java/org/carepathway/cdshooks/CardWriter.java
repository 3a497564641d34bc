package org.carepathway.cdshooks;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carepathway.content.Card;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.fact.Facts;
import org.carepathway.fact.Kinds;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Finds the cards that hold for a patient now: those of the content of each pathway they are on.
 */
@Component
class CardWriter {

  private final Pathways pathways;
  private final Catalogue catalogue;
  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final Clock clock;

  CardWriter(
      Pathways pathways,
      Catalogue catalogue,
      ExpressionContexts contexts,
      FhirPaths paths,
      Clock clock) {
    this.pathways = pathways;
    this.catalogue = catalogue;
    this.contexts = contexts;
    this.paths = paths;
    this.clock = clock;
  }

  /**
   * A card that holds.
   *
   * @param pathway null for a patient who is not on it
   * @param blanks what each expression for a blank gave
   */
  record Held(Card card, PathwayContent content, Pathway pathway, List<List<Base>> blanks) {}

  /**
   * @param patient id of the Patient here; empty where they are not known here
   */
  List<Held> of(CdsCall call, Fetched fetched, Optional<String> patient) {
    List<Pathway> running =
        patient.map(pathways::ofPatient).orElse(List.of()).stream()
            .filter(Pathway::isActive)
            .toList();
    List<Held> held = new ArrayList<>();
    for (Pathway pathway : running) {
      OpenPathway open = pathways.view(pathway.id()).orElseThrow();
      List<Card> cards = cards(open.content(), call, true);
      List<String> expressions =
          cards.stream().flatMap(card -> card.expressions().stream()).toList();
      FhirPathContext context =
          with(contexts.of(open, expressions, "", Agent.SERVICE), open.content(), call, fetched);
      cards.forEach(card -> add(held, card, open.content(), pathway, context));
    }
    for (PathwayContent content : catalogue.offered()) {
      if (running.stream().noneMatch(pathway -> pathway.key().equals(content.key()))) {
        FhirPathContext context =
            with(
                FhirPathContext.at(ZonedDateTime.now(clock))
                    .with("policy", content.policy().parameters().getParameter())
                    .with("kinds", content.kinds())
                    .with("patient", fetched.patient()),
                content,
                call,
                fetched);
        cards(content, call, false).forEach(card -> add(held, card, content, null, context));
      }
    }
    return held;
  }

  private static List<Card> cards(PathwayContent content, CdsCall call, boolean running) {
    return content.cards().of(call.hook()).stream()
        .filter(card -> card.running() == running)
        .toList();
  }

  private void add(
      List<Held> held,
      Card card,
      PathwayContent content,
      Pathway pathway,
      FhirPathContext context) {
    if (paths.test(null, card.when(), context)) {
      List<List<Base>> blanks =
          card.blanks().stream().map(path -> paths.evaluate(null, path, context)).toList();
      held.add(new Held(card, content, pathway, blanks));
    }
  }

  private FhirPathContext with(
      FhirPathContext context, PathwayContent content, CdsCall call, Fetched fetched) {
    Kinds kinds = Kinds.of(content.kinds());
    FhirPathContext all =
        context.with("triggers", content.triggers()).with("orders", orders(call, fetched, kinds));
    DateTimeType now = (DateTimeType) context.value("now").get(0);
    for (Map.Entry<String, String> key : content.cards().prefetch(call.hook()).entrySet()) {
      all =
          all.with(
              key.getKey(),
              Facts.onFile(
                      key.getValue(),
                      fetched.found().get(key.getKey()),
                      fetched.drugs(),
                      kinds,
                      now)
                  .getEntry()
                  .stream()
                  .map(entry -> entry.getResource())
                  .toList());
    }
    return all;
  }

  private static List<Resource> orders(CdsCall call, Fetched fetched, Kinds kinds) {
    return Facts.ordered(call.orders(), fetched.drugs(), kinds).stream()
        .filter(
            order ->
                call.selected() == null
                    || call.selected()
                        .contains(order.fhirType() + '/' + order.getIdElement().getIdPart()))
        .collect(Collectors.toList());
  }
}
