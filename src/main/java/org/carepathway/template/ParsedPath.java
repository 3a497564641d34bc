package org.carepathway.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Operation;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FHIRConstant;

/**
 * A parsed expression and what can be said of it without data.
 *
 * @param variables names of the environment variables it reads
 * @param recordTypes resource types it reads from {@code %record}
 * @param asked the answers and the evidence it asks for by name
 */
record ParsedPath(
    ExpressionNode node, Set<String> variables, Set<String> recordTypes, List<Asked> asked) {

  /** The engine answers %resource itself and fails where there is none; we answer "empty". */
  private static final String RESOURCE = "resource";

  private static final String OUR_RESOURCE = "resource:response";

  private static final Map<Function, String> REFUSED =
      Map.of(
          Function.Today, "use %today, the pathway's own clock",
          Function.Now, "use %now, the pathway's own clock",
          Function.Resolve, "look the resource up in %record",
          Function.MemberOf, "compare system and code",
          Function.ConformsTo, "compare meta.profile");

  /**
   * Reads the tree once.
   *
   * @throws IllegalArgumentException for a function or operator that is refused, or a type that R4
   *     lacks
   */
  static ParsedPath of(ExpressionNode node, TypeDefinitions types) {
    Set<String> variables = new TreeSet<>();
    Set<String> recordTypes = new TreeSet<>();
    visit(node, types, variables, recordTypes);
    return new ParsedPath(
        node, Set.copyOf(variables), RecordTypes.simplified(recordTypes), AskedNames.of(node));
  }

  static String variableName(String name) {
    return OUR_RESOURCE.equals(name) ? RESOURCE : name;
  }

  private static void visit(
      ExpressionNode node, TypeDefinitions types, Set<String> variables, Set<String> recordTypes) {
    if (node == null) {
      return;
    }
    if (node.getKind() == Kind.Constant && node.getConstant() instanceof FHIRConstant constant) {
      variable(node, constant, variables, recordTypes);
    }
    if (node.getKind() == Kind.Function) {
      function(node, types);
    }
    if (node.getOperation() == Operation.DivideBy) {
      throw new IllegalArgumentException(
          "/ must not be used: it rounds to the digits of its numbers; write a.dividedBy(b)");
    }
    if (node.getOperation() == Operation.Is || node.getOperation() == Operation.As) {
      known(node.getOpNext(), types);
    }
    visit(node.getInner(), types, variables, recordTypes);
    visit(node.getGroup(), types, variables, recordTypes);
    visit(node.getOpNext(), types, variables, recordTypes);
    if (node.getParameters() != null) {
      node.getParameters().forEach(p -> visit(p, types, variables, recordTypes));
    }
  }

  private static void variable(
      ExpressionNode node, FHIRConstant constant, Set<String> variables, Set<String> recordTypes) {
    if (!constant.getValue().startsWith("%")) {
      return; // a date
    }
    String name = constant.getValue().substring(1);
    if (FhirPathContext.isReserved(name)) {
      return;
    }
    variables.add(name);
    if (name.equals(RESOURCE)) {
      node.setConstant(new FHIRConstant("%" + OUR_RESOURCE));
    } else if (name.equals("record")) {
      recordTypes.addAll(RecordTypes.readFrom(node));
    }
  }

  private static void function(ExpressionNode node, TypeDefinitions types) {
    String remedy = REFUSED.get(node.getFunction());
    if (remedy != null) {
      throw new IllegalArgumentException(node.getName() + "() must not be used: " + remedy);
    }
    if (node.getFunction() == Function.Repeat) {
      repeated(node);
    }
    if (node.getFunction() == Function.ToString) {
      node.setFunction(Function.Custom);
      node.setName(SiteText.NAME);
    }
    if (RecordTypes.TYPE_TESTS.contains(node.getFunction())) {
      known(node.getParameters().get(0), types);
    }
  }

  /** A walk down one element, such as {@code repeat(item)}, is ours: see {@link PathHost}. */
  private static void repeated(ExpressionNode node) {
    ExpressionNode step = node.getParameters().get(0);
    if (step.getKind() == Kind.Name && step.getInner() == null && step.getOperation() == null) {
      node.setFunction(Function.Custom);
      node.setName(PathHost.WALK_DOWN + step.getName());
      node.getParameters().clear();
    }
  }

  private static void known(ExpressionNode type, TypeDefinitions types) {
    boolean system = type.getInner() != null && "System".equals(type.getName());
    String name = RecordTypes.typeName(type);
    if (!system && !types.knows(name) && !types.knows(uncapitalised(name))) {
      throw new IllegalArgumentException("R4 has no type " + name);
    }
  }

  private static String uncapitalised(String name) {
    return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
