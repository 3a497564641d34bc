package org.carepathway.page;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.form.UnitName;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.UriType;

/** Any FHIR element in plain words. */
public record PlainText(Dates dates, Texts texts) {

  /** Empty where the element says nothing that a person reads. */
  public String of(Base element) {
    if (element instanceof CodeableConcept concept) {
      return concept.hasText()
          ? ShortName.of(texts.of(concept.getText()))
          : concept.getCoding().stream().map(this::of).distinct().collect(Collectors.joining(", "));
    }
    if (element instanceof Coding coding) {
      return coding.hasDisplay()
          ? ShortName.of(texts.of(coding.getDisplay()))
          : spaced(coding.getCode());
    }
    if (element instanceof Quantity quantity) {
      return quantity(quantity);
    }
    if (element instanceof Reference reference) {
      return reference.hasDisplay() ? reference.getDisplay() : "";
    }
    if (element instanceof Period period) {
      return texts.message("period", of(period.getStartElement()), of(period.getEndElement()));
    }
    if (element instanceof BaseDateTimeType date) {
      return date.hasValue() ? dates.text(date) : "";
    }
    if (element instanceof DecimalType number) {
      return texts.number(number.getValue());
    }
    if (element instanceof BooleanType flag) {
      return texts.message("value." + flag.booleanValue());
    }
    if (element instanceof UriType uri) {
      return texts.of(spaced(uri.getValue().replaceAll("\\|.*$", "").replaceAll("^.*[/:]", "")));
    }
    if (element instanceof HumanName name) {
      return name.getNameAsSingleString();
    }
    return element.isPrimitive()
        ? dates.in(texts.of(element.primitiveValue()))
        : ofBackbone(element);
  }

  /** In a row, with commas between what is not a sentence. */
  public String all(List<? extends Base> elements) {
    return elements.stream()
        .map(this::of)
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining(", "))
        .replace("., ", ". ");
  }

  /** A backbone element reads as what it is about and what it says: {@code code: value}. */
  private String ofBackbone(Base element) {
    return Stream.of("code", "name", "type", "value[x]", "content[x]", "text", "who")
        .map(element::getNamedProperty)
        .filter(property -> property != null && property.hasValues())
        .map(Property::getValues)
        .map(this::all)
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining(": "));
  }

  private String quantity(Quantity quantity) {
    if (!quantity.hasValue()) {
      return "";
    }
    String unit = quantity.hasUnit() ? quantity.getUnit() : quantity.getCode();
    String comparator = quantity.hasComparator() ? quantity.getComparator().toCode() + ' ' : "";
    String value = comparator + texts.number(quantity.getValue());
    return value + unit(unit);
  }

  /** With a space before, in the language of the page; empty for none. */
  public String unit(String unit) {
    String behind = UnitName.behind(unit);
    return behind.isEmpty() ? "" : ' ' + texts.of(behind.strip());
  }

  private static String spaced(String code) {
    return code == null ? "" : code.replace('-', ' ');
  }
}
