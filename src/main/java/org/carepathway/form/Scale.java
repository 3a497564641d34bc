package org.carepathway.form;

import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Type;

/**
 * Whole numbers between fixed bounds that are few, such as pain from 0 to 10, ASA or the parts of a
 * score: chosen by one click rather than typed.
 */
final class Scale {

  private static final int MOST_STEPS = 11;

  private Scale() {}

  /** Whether all that is answered now is on the scale: what is not would not be seen. */
  static boolean isShown(FormItem item, List<Type> values) {
    List<String> steps = of(item);
    return !steps.isEmpty() && values.stream().map(Type::primitiveValue).allMatch(steps::contains);
  }

  /** The steps, in order; empty where it is no scale. */
  static List<String> of(FormItem item) {
    if (item.units().stream().allMatch(Scale::isNone)
        && item.limits().min() instanceof IntegerType min
        && item.limits().max() instanceof IntegerType max
        && max.getValue() - min.getValue() < MOST_STEPS) {
      return IntStream.rangeClosed(min.getValue(), max.getValue())
          .mapToObj(String::valueOf)
          .toList();
    }
    return List.of();
  }

  /** An annotation of UCUM such as {@code {score}} is a word beside the number, and no unit. */
  private static boolean isNone(Coding unit) {
    return unit.getCode().startsWith("{");
  }
}
