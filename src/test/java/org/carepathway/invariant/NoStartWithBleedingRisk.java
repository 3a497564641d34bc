package org.carepathway.invariant;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/**
 * No procedure starts with INR or platelets beyond the limits of the policy, or with an incomplete
 * hold of a blood thinner or one that no physician weighed, unless a physician overrode that with a
 * reason after the nurse's preparation.
 */
final class NoStartWithBleedingRisk implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("D3-F1", "Prep failure");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    if (ProcedureStart.in(before, after).isEmpty() || overridden(before)) {
      return List.of();
    }
    List<String> broken = new ArrayList<>();
    if (value(before, "6301-6")
        .filter(inr -> inr.compareTo(before.limit("inrMax")) <= 0)
        .isEmpty()) {
      broken.add("started with INR " + value(before, "6301-6").orElse(null));
    }
    if (value(before, "777-3")
        .filter(count -> count.compareTo(before.limit("plateletsMin")) >= 0)
        .isEmpty()) {
      broken.add("started with platelets " + value(before, "777-3").orElse(null));
    }
    Optional<QuestionnaireResponse> preparation = before.last("pre-procedure");
    if (preparation
        .filter(form -> Moment.isTrue(form, "takes-blood-thinner"))
        .filter(form -> !Moment.isTrue(form, "hold-complete"))
        .isPresent()) {
      broken.add("started with an incomplete hold");
    }
    List<String> weighed =
        before.last("hold-approval").map(form -> Moment.codes(form, "hold-drug")).orElse(List.of());
    taken(before)
        .filter(drug -> !weighed.contains(drug))
        .forEach(drug -> broken.add("started with %s, which nobody weighed".formatted(drug)));
    return broken;
  }

  /** The blood thinners that the newest work-up says are taken. */
  private static Stream<String> taken(Moment moment) {
    return moment.last("work-up").stream()
        .flatMap(form -> Moment.items(form.getItem()))
        .filter(item -> item.getLinkId().equals("thinner"))
        .map(QuestionnaireResponseItemComponent::getItem)
        .filter(
            drug ->
                Moment.answers(drug, "thinner-taken")
                    .anyMatch(value -> "true".equals(value.primitiveValue())))
        .flatMap(drug -> Moment.answers(drug, "thinner-drug"))
        .map(drug -> ((Coding) drug).getCode());
  }

  private static Optional<BigDecimal> value(Moment moment, String code) {
    return ProcedureStart.newest(moment, code).map(o -> o.getValueQuantity().getValue());
  }

  private static boolean overridden(Moment moment) {
    Optional<QuestionnaireResponse> preparation = moment.last("pre-procedure");
    return moment
        .last("readiness-review")
        .filter(
            review ->
                preparation.isPresent()
                    && !review.getAuthored().before(preparation.get().getAuthored()))
        .filter(review -> !Moment.codes(review, "readiness-override").isEmpty())
        .filter(review -> Moment.answers(review, "readiness-text").findAny().isPresent())
        .filter(review -> "ir-physician".equals(review.getAuthor().getIdentifier().getValue()))
        .isPresent();
  }
}
