package org.carepathway.form;

import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;

/**
 * What an attachment may be.
 *
 * @param megabytes the largest size (maxSize); 10 where the form names none
 * @param types the types allowed (mimeType); PDF, JPEG and PNG where the form names none
 */
public record FileLimits(BigDecimal megabytes, List<String> types) {

  private static final BigDecimal USUAL_SIZE = BigDecimal.TEN;
  private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1_000_000);
  private static final List<String> USUAL_TYPES =
      List.of("application/pdf", "image/jpeg", "image/png");

  static FileLimits of(List<Extension> extensions) {
    List<String> types =
        extensions.stream()
            .filter(extension -> Sdc.MIME_TYPE.equals(extension.getUrl()))
            .map(extension -> extension.getValue().primitiveValue())
            .toList();
    BigDecimal size =
        Sdc.value(extensions, Sdc.MAX_SIZE)
            .filter(DecimalType.class::isInstance)
            .map(value -> ((DecimalType) value).getValue())
            .orElse(USUAL_SIZE);
    return new FileLimits(size, types.isEmpty() ? USUAL_TYPES : types);
  }

  boolean allowsSize(Attachment file) {
    return BigDecimal.valueOf(file.getSize()).compareTo(megabytes.multiply(MEGABYTE)) <= 0;
  }

  boolean allowsType(Attachment file) {
    return file.hasContentType() && types.contains(file.getContentType());
  }
}
