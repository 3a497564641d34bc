package org.carepathway.template;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Operation;

/**
 * Finds which resource types an expression can reach in {@code %record}, so that only those need to
 * be loaded. Where it cannot tell, the answer is all types: never too few.
 */
final class RecordTypes {

  static final Set<Function> TYPE_TESTS = EnumSet.of(Function.OfType, Function.As, Function.Is);

  private static final Set<Function> TYPE_FILTERS = EnumSet.of(Function.OfType, Function.As);
  private static final Set<String> ABSTRACT = Set.of("Resource", "DomainResource");

  private RecordTypes() {}

  /** The types that this use of {@code %record} can reach. */
  static Set<String> readFrom(ExpressionNode record) {
    if (record.getInner() == null && record.getOperation() == Operation.As) {
      return Set.of(typeName(record.getOpNext()));
    }
    for (ExpressionNode step = record.getInner();
        step != null && step.getKind() == Kind.Function;
        step = step.getInner()) {
      if (TYPE_FILTERS.contains(step.getFunction())) {
        return Set.of(typeName(step.getParameters().get(0)));
      }
      if (step.getFunction() == Function.Custom) {
        return readBy(step.getName());
      }
      if (step.getFunction() != Function.Where) {
        break;
      }
      Set<String> implied = impliedBy(step.getParameters().get(0));
      if (implied != null) {
        return implied;
      }
    }
    return FhirPaths.ALL_TYPES;
  }

  private static Set<String> readBy(String word) {
    return switch (word) {
      case Words.ANSWERS, Words.ALL_ANSWERS -> Set.of("QuestionnaireResponse");
      case Words.APPOINTMENTS -> Set.of("Appointment");
      case Words.EVIDENCE -> Set.of("GuidanceResponse");
      default -> FhirPaths.ALL_TYPES;
    };
  }

  static Set<String> simplified(Set<String> types) {
    return types.stream().anyMatch(ABSTRACT::contains) ? FhirPaths.ALL_TYPES : Set.copyOf(types);
  }

  /** The name in a type position: {@code Observation} or {@code FHIR.Observation}. */
  static String typeName(ExpressionNode type) {
    return type.getInner() == null ? type.getName() : type.getInner().getName();
  }

  /** The types outside which the criteria of a {@code where} cannot be true; null if unknown. */
  private static Set<String> impliedBy(ExpressionNode criteria) {
    if (criteria.getOperation() == null) {
      return operand(criteria);
    }
    if (criteria.getOperation() == Operation.Is) {
      return isThis(criteria) ? Set.of(typeName(criteria.getOpNext())) : null;
    }
    return switch (criteria.getOperation()) {
      case And -> anyOperand(criteria);
      case Or -> allOperands(criteria);
      default -> null;
    };
  }

  private static Set<String> operand(ExpressionNode node) {
    if (node.getKind() == Kind.Group && node.getInner() == null) {
      return impliedBy(node.getGroup());
    }
    ExpressionNode call = node.getInner();
    boolean test = "$this".equals(node.getName()) && call != null && call.getInner() == null;
    return test && call.getFunction() == Function.Is
        ? Set.of(typeName(call.getParameters().get(0)))
        : null;
  }

  private static boolean isThis(ExpressionNode node) {
    return "$this".equals(node.getName())
        && node.getInner() == null
        && node.getOpNext().getOperation() == null;
  }

  private static Set<String> anyOperand(ExpressionNode first) {
    Set<String> found = null;
    for (ExpressionNode node = first; node != null; node = node.getOpNext()) {
      if (node.getOperation() != null && node.getOperation() != Operation.And) {
        return null;
      }
      found = found == null ? operand(node) : found;
    }
    return found;
  }

  private static Set<String> allOperands(ExpressionNode first) {
    Set<String> all = new TreeSet<>();
    for (ExpressionNode node = first; node != null; node = node.getOpNext()) {
      Set<String> one = operand(node);
      boolean mixed = node.getOperation() != null && node.getOperation() != Operation.Or;
      if (one == null || mixed) {
        return null;
      }
      all.addAll(one);
    }
    return all;
  }
}
