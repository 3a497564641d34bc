package org.carepathway.template;

import ca.uhn.fhir.context.FhirContext;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.springframework.stereotype.Component;

/**
 * FHIRPath over R4 with our variables. Thread-safe; each expression is parsed once.
 *
 * <p>Beside FHIRPath 2.0 there is {@code a.daysUntil(b)}: whole calendar days from a to b, a moment
 * by the zone of the pathway's clock, negative when b is earlier, empty when a side is empty or
 * names no day (2025-11); and {@code q.toUnit('mg/dL')}: a quantity converted by UCUM, empty for
 * anything else; {@code a.dividedBy(b)} in place of {@code /}, which rounds. {@code today()} and
 * {@code now()} are refused: a pathway has its own clock, {@code %today} and {@code %now}. {@code
 * %resource} is the form's answers, and empty outside forms. {@code answers('form')}, {@code
 * answer('question')} and their like are {@link Words}. {@code toString()} writes a moment by the
 * zone of the pathway's clock.
 */
@Component
public class FhirPaths {

  /** What {@link #recordTypes} says when an expression can reach every type. */
  public static final Set<String> ALL_TYPES = Set.of("Resource");

  private static final int PARSED_EXPRESSIONS_KEPT = 5_000;

  private final FHIRPathEngine engine;
  private final TypeDefinitions types;
  private final LoadingCache<String, ParsedPath> parsed =
      Caffeine.newBuilder().maximumSize(PARSED_EXPRESSIONS_KEPT).build(this::read);

  public FhirPaths(FhirContext fhir) {
    types = new TypeDefinitions(fhir);
    engine = new FHIRPathEngine(new HapiWorkerContext(fhir, types));
    engine.setHostServices(new PathHost());
  }

  /**
   * Says whether an expression can be read, without data.
   *
   * @throws FhirPathException (an IllegalArgumentException) with the place and the reason
   */
  public void parse(String expression) {
    parsed.get(expression);
  }

  /**
   * What an expression may come to, as FHIRPath: the branches of {@code iif}, not its conditions.
   */
  public List<String> outcomes(String expression) {
    return Outcomes.of(parsed.get(expression).node());
  }

  /** The variables an expression reads, without the percent sign. */
  public Set<String> variables(String expression) {
    return parsed.get(expression).variables();
  }

  /**
   * The resource types an expression can reach in {@code %record}: none when it does not use it,
   * those named by {@code ofType(X)}, {@code as X} or {@code where($this is X ...)} right after it,
   * else {@link #ALL_TYPES}.
   */
  public Set<String> recordTypes(String expression) {
    return parsed.get(expression).recordTypes();
  }

  /** The answers and the evidence that an expression asks for by name. */
  public List<Asked> asked(String expression) {
    return parsed.get(expression).asked();
  }

  /**
   * Evaluates an expression.
   *
   * @param focus where names without a variable start; may be null
   * @return the results: parts of the data itself, not copies, so do not change them
   * @throws FhirPathException for an unknown variable or function, or data of the wrong type
   */
  public List<Base> evaluate(Base focus, String expression, FhirPathContext context) {
    ParsedPath path = parsed.get(expression);
    try {
      return engine.evaluate(context, null, (Base) null, focus, path.node()).stream()
          .filter(Objects::nonNull)
          .toList();
    } catch (RuntimeException e) {
      throw new FhirPathException("Cannot evaluate", expression, reason(e), e);
    }
  }

  /**
   * Evaluates a condition; empty counts as false, as for FHIR invariants.
   *
   * @throws FhirPathException also when the result is anything but one boolean
   */
  public boolean test(Base focus, String expression, FhirPathContext context) {
    List<Base> results = evaluate(focus, expression, context);
    if (results.isEmpty()) {
      return false;
    }
    if (results.size() == 1 && results.get(0) instanceof BooleanType result) {
      return result.booleanValue();
    }
    String reason = "gives %d value(s) where one true or false is needed".formatted(results.size());
    throw new FhirPathException("Cannot decide", expression, reason, null);
  }

  private ParsedPath read(String expression) {
    try {
      return ParsedPath.of(engine.parse(expression), types);
    } catch (RuntimeException e) {
      throw new FhirPathException("Cannot read", expression, reason(e), e);
    }
  }

  /** HAPI says only "HAPI-0274" where its R4 engine wants a UCUM service that it does not have. */
  private static String reason(RuntimeException e) {
    return e instanceof UnsupportedOperationException
        ? "the engine cannot do this with R4 data; to compare quantities use value and code"
        : e.getMessage();
  }
}
