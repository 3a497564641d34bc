package org.carepathway.hl7;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carepathway.hl7.Conversions.Source;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** OBX-5 by the datatype that OBX-2 names. */
record ObservationValue(Codes codes) {

  private static final int TYPE = 2;
  private static final int UNIT = 6;
  private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>)\\s*(\\d.*)");

  /** A value of several is kept in words: half of it would be read as the whole. */
  Type of(Source source) {
    List<Hl7Field> all = source.segment().field(source.field().place().field());
    if (all.size() == 1) {
      return one(source);
    }
    String words =
        all.stream()
            .map(field -> one(new Source(source.segment(), field, "", source.times())))
            .filter(Objects::nonNull)
            .map(ObservationValue::words)
            .collect(Collectors.joining("\n"));
    return words.isEmpty() ? null : new StringType(words);
  }

  private static String words(Type value) {
    if (value instanceof CodeableConcept concept) {
      return concept.getText();
    }
    if (value instanceof Quantity quantity) {
      return (quantity.hasComparator() ? quantity.getComparator().toCode() : "")
          + quantity.getValue().toPlainString()
          + (quantity.hasUnit() ? ' ' + quantity.getUnit() : "");
    }
    return value.primitiveValue();
  }

  private Type one(Source source) {
    String type = source.segment().required(TYPE, "The datatype of the value");
    return switch (type) {
      case "NM" -> numeric(source);
      case "SN" -> structured(source);
      case "ST", "TX", "FT", "ID", "VR" -> new StringType(source.field().whole());
      case "CE", "CWE", "CNE", "CF", "IS" -> codes.concept(source);
      case "DT", "TS", "DTM" -> new DateTimeType(source.times().fhir(source.field()));
      case "ED", "RP" -> null;
      default ->
          throw Hl7Refusal.at(
              source.segment(),
              TYPE,
              Hl7Refusal.Fault.UNKNOWN_VALUE,
              "Values of this datatype are not taken; those of NM, SN, ST, TX, FT, CE, CWE, DT, DTM and ED are");
    };
  }

  /** Laboratories write the limit of a test into a number, such as {@code >90}. */
  private Type numeric(Source source) {
    Matcher compared = COMPARED.matcher(String.valueOf(source.field().text()));
    if (!compared.matches()) {
      return quantity(source, Conversions.number(source));
    }
    Function<String, Hl7Refusal> refusal =
        words -> source.field().refusal(Hl7Refusal.Fault.TYPE, words);
    return quantity(source, Conversions.number(compared.group(2), refusal))
        .setComparator(comparator(compared.group(1)));
  }

  /** Other than a comparison it is kept in the words of the sender, such as a ratio. */
  private Type structured(Source source) {
    String comparator = source.field().component(1);
    boolean isPlain = source.field().component(3) == null && source.field().component(2) != null;
    QuantityComparator known = comparator(comparator);
    if (!isPlain || comparator != null && known == null && !comparator.equals("=")) {
      return new StringType(source.field().whole().replace("^", ""));
    }
    Quantity quantity = quantity(source, number(source.field()));
    return known == null ? quantity : quantity.setComparator(known);
  }

  private static BigDecimal number(Hl7Field field) {
    return Conversions.number(
        field.component(2), words -> field.refusal(2, Hl7Refusal.Fault.TYPE, words));
  }

  private static QuantityComparator comparator(String text) {
    for (QuantityComparator comparator : QuantityComparator.values()) {
      if (comparator != QuantityComparator.NULL && comparator.toCode().equals(text)) {
        return comparator;
      }
    }
    return null;
  }

  private Quantity quantity(Source source, BigDecimal value) {
    Quantity quantity = new Quantity().setValue(value);
    source.segment().first(UNIT).map(codes::unit).ifPresent(unit -> set(quantity, unit));
    return quantity;
  }

  private static void set(Quantity quantity, Coding unit) {
    quantity.setUnit(unit.getDisplay());
    if (unit.hasCode()) {
      quantity.setSystem(unit.getSystem()).setCode(unit.getCode());
    }
  }
}
