package org.carepathway.form;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;

/** How an option is named on a page: by its code, or by system and code where codes clash. */
final class OptionValues {

  private OptionValues() {}

  static String of(List<Coding> options, Coding option) {
    boolean clash =
        options.stream()
            .anyMatch(
                other ->
                    Objects.equals(other.getCode(), option.getCode())
                        && !Objects.equals(other.getSystem(), option.getSystem()));
    return clash ? option.getSystem() + "|" + option.getCode() : option.getCode();
  }

  static Optional<Coding> find(List<Coding> options, String value) {
    return options.stream().filter(option -> of(options, option).equals(value)).findFirst();
  }

  static String shown(Coding option) {
    return option.hasDisplay() ? option.getDisplay() : option.getCode();
  }

  static String unit(Coding unit) {
    return UnitName.of(shown(unit));
  }
}
