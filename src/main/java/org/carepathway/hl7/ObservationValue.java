package org.carepathway.hl7;

import java.math.BigDecimal;
import org.carepathway.hl7.Conversions.Source;
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

  Type of(Source source) {
    String type = source.segment().required(TYPE, "The datatype of the value");
    return switch (type) {
      case "NM" -> quantity(source, Conversions.number(source));
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
