package org.carepathway.form;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** Checks one answer by itself: its type, length, range, digits, option and unit. */
final class ValueCheck {

  private final FormItem item;
  private final String path;
  private final Findings findings;

  ValueCheck(FormItem item, String path, Findings findings) {
    this.item = item;
    this.path = path;
    this.findings = findings;
  }

  void check(Type value) {
    if (!Values.fits(item.type(), value)) {
      add(FormIssue.TYPE, "form.issue.type", item.type().toCode(), value.fhirType());
      return;
    }
    length(value);
    unit(value);
    range(value);
    decimals(value);
    option(value);
    if (value instanceof Attachment file) {
      file(file);
    }
  }

  private void file(Attachment file) {
    FileLimits limits = item.limits().files();
    if (!limits.allowsType(file)) {
      String types = String.join(", ", limits.types());
      add(FormIssue.FILE_TYPE, "form.issue.file-type", types);
    }
    if (!limits.allowsSize(file)) {
      add(FormIssue.FILE_SIZE, "form.issue.file-size", limits.megabytes().toPlainString());
    }
  }

  private void add(String rule, String key, Object... arguments) {
    findings.add(item, path, rule, key, arguments);
  }

  private void length(Type value) {
    Integer max = item.limits().maxLength();
    if (max != null && value instanceof StringType text) {
      int length = text.getValue().codePointCount(0, text.getValue().length());
      if (length > max) {
        add(FormIssue.MAX_LENGTH, "form.issue.max-length", length, max);
      }
    }
  }

  private void unit(Type value) {
    if (!(value instanceof Quantity quantity)) {
      return;
    }
    if (!quantity.hasValue()) {
      add(FormIssue.TYPE, "form.issue.number-missing");
    }
    List<Coding> units = item.units();
    if (!units.isEmpty() && units.stream().noneMatch(unit -> isUnit(quantity, unit))) {
      List<String> names = units.stream().map(OptionValues::shown).toList();
      add(FormIssue.UNIT, "form.issue.unit", String.join(", ", names));
    }
  }

  static boolean isUnit(Quantity quantity, Coding unit) {
    return Objects.equals(quantity.getSystem(), unit.getSystem())
        && Objects.equals(quantity.getCode(), unit.getCode());
  }

  private void range(Type value) {
    Type min = item.limits().min();
    Type max = item.limits().max();
    Integer belowMin = min == null ? null : Values.compare(value, min);
    Integer aboveMax = max == null ? null : Values.compare(value, max);
    if (belowMin != null && belowMin < 0) {
      add(FormIssue.MIN_VALUE, "form.issue.min-value", shown(min));
    }
    if (aboveMax != null && aboveMax > 0) {
      add(FormIssue.MAX_VALUE, "form.issue.max-value", shown(max));
    }
  }

  private static String shown(Type bound) {
    if (bound instanceof Quantity quantity) {
      String unit = quantity.hasUnit() ? quantity.getUnit() : quantity.getCode();
      return quantity.getValue().toPlainString() + (unit == null ? "" : " " + unit);
    }
    return bound.primitiveValue();
  }

  private void decimals(Type value) {
    Integer max = item.limits().maxDecimalPlaces();
    BigDecimal number = Values.number(value);
    if (max != null && number != null && number.stripTrailingZeros().scale() > max) {
      add(FormIssue.DECIMAL_PLACES, "form.issue.decimal-places", max);
    }
  }

  private void option(Type value) {
    if (value instanceof Coding coding
        && item.options().stream().noneMatch(option -> Values.same(option, coding))) {
      add(FormIssue.OPTION, "form.issue.option", coding.getCode());
    }
  }
}
