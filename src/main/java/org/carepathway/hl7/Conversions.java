package org.carepathway.hl7;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.carepathway.fhir.NumberLimit;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** From a datatype of HL7 v2 to one of FHIR, as HL7's v2-to-FHIR guide does it. */
final class Conversions {

  /** Makes a value of a field; null where there is nothing to say. */
  interface Conversion {
    Type of(Source source);
  }

  /**
   * @param segment whose field it is
   * @param argument what the row adds to the name of the conversion
   */
  record Source(Hl7Segment segment, Hl7Field field, String argument, Times times) {}

  private final Map<String, Conversion> byName = new HashMap<>();

  Conversions(Codes codes, People people) {
    byName.put("Identifier", codes::identifier);
    byName.put("HumanName", people::name);
    byName.put("Address", people::address);
    byName.put("ContactPoint", people::contact);
    byName.put("CodeableConcept", codes::concept);
    byName.put("Coding", codes::coding);
    byName.put("code", source -> new CodeType(codes.coding(source).getCode()));
    byName.put("boolean", source -> new BooleanType(codes.coding(source).getCode()));
    byName.put("date", source -> new DateType(source.times().date(source.field())));
    byName.put("dateTime", source -> new DateTimeType(source.times().fhir(source.field())));
    byName.put("instant", Conversions::instant);
    byName.put("minutes", Minutes::of);
    byName.put("string", source -> new StringType(source.field().whole()));
    byName.put("Annotation", source -> new Annotation().setText(source.field().whole()));
    byName.put("person", people::person);
    byName.put("name-of-person", people::nameOfPerson);
    byName.put("place", people::place);
    byName.put("value", source -> new ObservationValue(codes).of(source));
  }

  Conversion find(String name) {
    return byName.get(name);
  }

  static BigDecimal number(Source source) {
    Hl7Field field = source.field();
    return number(field.text(), words -> field.refusal(Hl7Refusal.Fault.TYPE, words));
  }

  /** The limit is that of every way in: a larger one would cost minutes to compute with. */
  static BigDecimal number(String text, Function<String, Hl7Refusal> refusal) {
    if (text != null && !NumberLimit.allows(text)) {
      throw refusal.apply(NumberLimit.RULE);
    }
    try {
      return new BigDecimal(String.valueOf(text));
    } catch (NumberFormatException e) {
      throw refusal.apply("This is no number");
    }
  }

  private static InstantType instant(Source source) {
    return source
        .times()
        .instant(source.field())
        .map(
            time ->
                new InstantType(time.toString().replaceFirst("(T\\d\\d:\\d\\d)([Z+-])", "$1:00$2")))
        .orElseThrow(() -> source.field().refusal(Hl7Refusal.Fault.TYPE, "This is no time"));
  }
}
