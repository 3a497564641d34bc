package org.carepathway.rehearsal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.carepathway.form.FormItem;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** A random answer to a question: of its type, within its limits, one of its options. */
record RandomValues(Choices choices, ZonedDateTime now) {

  private static final int[] HOURS = {0, -1, -2, -24, -72, -240, 1, 24, 72, 168, 720};

  Type of(FormItem item) {
    return switch (item.type()) {
      case BOOLEAN -> new BooleanType(choices.below(2) == 1);
      case INTEGER -> new IntegerType(number(item, 0).intValueExact());
      case DECIMAL -> new DecimalType(number(item, decimals(item)));
      case QUANTITY -> quantity(item);
      case DATE -> new DateType(moment().toLocalDate().toString());
      case DATETIME -> new DateTimeType(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment()));
      case CHOICE, OPENCHOICE -> ((Coding) choices.of(item.options())).copy();
      case ATTACHMENT -> picture();
      default -> new StringType("Random text " + choices.below(10));
    };
  }

  /** One white dot: a whole picture, as others are refused. */
  private static Attachment picture() {
    byte[] data =
        Base64.getDecoder()
            .decode(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==");
    return new Attachment()
        .setContentType("image/png")
        .setTitle("scan.png")
        .setData(data)
        .setSize(data.length);
  }

  private Quantity quantity(FormItem item) {
    Quantity quantity = new Quantity().setValue(number(item, decimals(item)));
    if (!item.units().isEmpty()) {
      Coding unit = item.units().get(0);
      quantity.setSystem(unit.getSystem()).setCode(unit.getCode()).setUnit(unit.getDisplay());
    }
    return quantity;
  }

  /** A tenth of them are at a limit. */
  private BigDecimal number(FormItem item, int places) {
    BigDecimal min = bound(item.limits().min(), BigDecimal.ZERO);
    BigDecimal max = bound(item.limits().max(), min.add(BigDecimal.valueOf(100)));
    int part = choices.below(22);
    BigDecimal value =
        part == 20
            ? min
            : part == 21
                ? max
                : min.add(
                    max.subtract(min)
                        .multiply(BigDecimal.valueOf(choices.below(1001)))
                        .divide(BigDecimal.valueOf(1000), 4, RoundingMode.HALF_UP));
    return value.setScale(places, RoundingMode.HALF_UP).min(max).max(min);
  }

  private static int decimals(FormItem item) {
    return item.limits().maxDecimalPlaces() == null ? 1 : item.limits().maxDecimalPlaces();
  }

  private static BigDecimal bound(Type limit, BigDecimal otherwise) {
    if (limit instanceof Quantity quantity) {
      return quantity.getValue();
    }
    return limit == null ? otherwise : new BigDecimal(limit.primitiveValue());
  }

  private ZonedDateTime moment() {
    return now.plusHours(HOURS[choices.below(HOURS.length)]).truncatedTo(ChronoUnit.SECONDS);
  }
}
