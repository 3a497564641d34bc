package org.carepathway.outbox;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/**
 * The identifiers by which what we wrote at a site is found again: the same for the same resource,
 * however often it is sent. Ids here follow from trigger, step and template (record.StableIds), so
 * these do too.
 */
public final class OurNumbers {

  public static final String SYSTEM = "https://carepathway.org/fhir/identifier/resource";

  private OurNumbers() {}

  /**
   * @param subject {@code Type/id} of the resource here
   */
  public static Identifier of(String subject) {
    return new Identifier().setSystem(SYSTEM).setValue(subject);
  }

  /** Whether a resource has one. */
  public static boolean isIn(Resource resource) {
    return Stream.ofNullable(resource.getNamedProperty("identifier"))
        .map(Property::getValues)
        .flatMap(List::stream)
        .filter(Identifier.class::isInstance)
        .map(Identifier.class::cast)
        .anyMatch(one -> SYSTEM.equals(one.getSystem()));
  }
}
