package org.carepathway.template;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Operation;

/** The names and constant texts that a part of an expression spells out. */
final class Named {

  /** The id in a canonical, whole or in part: {@code /referral|}. */
  private static final Pattern ID = Pattern.compile(".*/([^/|]+)\\|.*");

  private Named() {}

  /** The id in {@code questionnaire.startsWith('.../referral|')}; null for anything else. */
  static String contained(ExpressionNode criteria, String name) {
    ExpressionNode call = criteria.getInner();
    boolean alone = criteria.getOperation() != Operation.Or;
    String text = alone && name.equals(criteria.getName()) && call != null ? literal(call) : null;
    Matcher id = ID.matcher(text == null ? "" : text);
    return id.matches() ? id.group(1) : null;
  }

  /** The text that a condition says a name is, also as one of several that must all hold. */
  static String equal(ExpressionNode condition, String name) {
    for (ExpressionNode part = condition; part != null; part = part.getOpNext()) {
      if (part.getKind() == Kind.Group && part.getInner() == null) {
        String inside = equal(part.getGroup(), name);
        if (inside != null) {
          return inside;
        }
      }
      if (part.getOperation() == Operation.Equals && name.equals(lastName(part))) {
        return texts(part.getOpNext()).stream().findFirst().orElse(null);
      }
    }
    return null;
  }

  static String lastName(ExpressionNode head) {
    ExpressionNode last = head;
    while (last.getInner() != null) {
      last = last.getInner();
    }
    return last.getKind() == Kind.Name ? last.getName() : null;
  }

  private static String literal(ExpressionNode function) {
    return function.getKind() == Kind.Function && function.getParameters().size() == 1
        ? texts(function.getParameters().get(0)).stream().findFirst().orElse(null)
        : null;
  }

  /** The text constants of {@code 'a'} and {@code ('a' | 'b')}. */
  static Set<String> texts(ExpressionNode node) {
    Set<String> texts = new TreeSet<>();
    for (ExpressionNode part = node; part != null; part = part.getOpNext()) {
      if (part.getKind() == Kind.Group) {
        texts.addAll(texts(part.getGroup()));
      } else if (part.getConstant() != null && part.getConstant().isPrimitive()) {
        texts.add(part.getConstant().primitiveValue());
      }
    }
    return texts;
  }
}
