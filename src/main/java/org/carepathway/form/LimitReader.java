package org.carepathway.form;

import java.util.List;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Type;

/** Reads the bounds of an item, and refuses those that say nothing about its type. */
final class LimitReader {

  private final String form;
  private final QuestionnaireItemComponent item;
  private final List<Extension> extensions;

  LimitReader(String form, QuestionnaireItemComponent item) {
    this.form = form;
    this.item = item;
    this.extensions = item.getExtension();
  }

  Limits read() {
    return new Limits(
        Sdc.number(extensions, Sdc.MIN_OCCURS),
        Sdc.number(extensions, Sdc.MAX_OCCURS),
        item.hasMaxLength() ? item.getMaxLength() : null,
        Sdc.number(extensions, Sdc.MAX_DECIMAL_PLACES),
        item.getType() == QuestionnaireItemType.ATTACHMENT ? FileLimits.of(extensions) : null,
        bound(Sdc.MIN_VALUE, Sdc.MIN_QUANTITY),
        bound(Sdc.MAX_VALUE, Sdc.MAX_QUANTITY));
  }

  private Type bound(String valueUrl, String quantityUrl) {
    Type bound =
        Sdc.value(extensions, valueUrl).or(() -> Sdc.value(extensions, quantityUrl)).orElse(null);
    if (bound != null && !fits(bound)) {
      throw new FormException(
          form,
          item.getLinkId(),
          "a limit of type %s does not fit an item of type %s"
              .formatted(bound.fhirType(), item.getType().toCode()));
    }
    return bound;
  }

  private boolean fits(Type bound) {
    return switch (item.getType()) {
      case INTEGER -> bound instanceof IntegerType;
      case DECIMAL -> bound instanceof DecimalType || bound instanceof IntegerType;
      case DATE -> bound instanceof DateType;
      case DATETIME -> bound instanceof DateTimeType || bound instanceof DateType;
      case QUANTITY -> bound instanceof Quantity;
      default -> false;
    };
  }
}
