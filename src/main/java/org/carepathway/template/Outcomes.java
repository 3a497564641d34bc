package org.carepathway.template;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;

/** What an expression may come to: the branches of {@code iif}, and not its conditions. */
final class Outcomes {

  private Outcomes() {}

  /** As FHIRPath, in the order in which they stand. */
  static List<String> of(ExpressionNode node) {
    return branches(node).map(ExpressionNode::toString).toList();
  }

  private static Stream<ExpressionNode> branches(ExpressionNode node) {
    boolean alone = node.getInner() == null && node.getOpNext() == null;
    if (alone && node.getKind() == Kind.Group) {
      return branches(node.getGroup());
    }
    if (alone && node.getKind() == Kind.Function && node.getFunction() == Function.Iif) {
      return node.getParameters().stream().skip(1).flatMap(Outcomes::branches);
    }
    return Stream.of(node);
  }
}
