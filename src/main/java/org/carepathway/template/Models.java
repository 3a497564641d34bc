package org.carepathway.template;

import org.hl7.fhir.r4.model.Base;

/** Makes new elements of HAPI's model. */
final class Models {

  private Models() {}

  /** An empty element of the same class. */
  @SuppressWarnings("unchecked")
  static <T extends Base> T newLike(T element) {
    try {
      return (T) element.getClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("HAPI's model classes can be made: " + element.getClass(), e);
    }
  }
}
