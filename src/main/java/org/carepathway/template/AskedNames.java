package org.carepathway.template;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.carepathway.template.Asked.Answer;
import org.carepathway.template.Asked.Appointments;
import org.carepathway.template.Asked.Evidence;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Operation;

/**
 * Reads from a parsed expression which answers and which evidence it asks for, however it is
 * spelled: by our words, or as {@code where(linkId = 'pain')}, {@code parameter.where(name = 'x')}.
 */
final class AskedNames {

  private static final Set<Operation> COMPARES =
      EnumSet.of(
          Operation.Equals,
          Operation.NotEquals,
          Operation.Equivalent,
          Operation.NotEquivalent,
          Operation.In);

  private static final Place NOWHERE = new Place(null, null, null, null);

  private final List<Asked> found = new ArrayList<>();

  private AskedNames() {}

  static List<Asked> of(ExpressionNode expression) {
    AskedNames names = new AskedNames();
    names.chain(expression, NOWHERE);
    return List.copyOf(names.found);
  }

  /**
   * Where a step of an expression stands.
   *
   * @param form whose answers they are; null if not said
   * @param question whose items or values they are; null if not said
   * @param decision whose evidence it is; null if it is none
   * @param side {@code input} or {@code output} of the evidence; null if not said
   */
  private record Place(String form, String question, String decision, String side) {

    Place ofForm(String id) {
      return new Place(id, null, null, null);
    }

    Place ofQuestion(String linkId) {
      return new Place(form, linkId, null, null);
    }

    Place ofDecision(String id) {
      return new Place(null, null, id, null);
    }

    Place onSide(String which) {
      return new Place(null, null, decision, which);
    }
  }

  /** A chain {@code a.b.c}, with the operation that follows it. */
  private Place chain(ExpressionNode head, Place begin) {
    if (head == null) {
      return begin;
    }
    Place at = head.getKind() == Kind.Constant ? NOWHERE : begin;
    for (ExpressionNode step = head; step != null; step = step.getInner()) {
      if (step.getGroup() != null) {
        chain(step.getGroup(), at);
      }
      at = step(step, at);
    }
    Operation operation = head.getOperation();
    if (operation != null) {
      Place other = chain(head.getOpNext(), begin);
      compared(head, operation, head.getOpNext(), at);
      compared(head.getOpNext(), operation, head, other);
    }
    return at;
  }

  private Place step(ExpressionNode step, Place at) {
    if (step.getKind() != Kind.Function) {
      return at;
    }
    if (step.getFunction() == Function.Custom && Words.details(step.getName()) != null) {
      return word(step.getName(), Named.texts(step.getParameters().get(0)), at);
    }
    Place next = at;
    if (step.getFunction() == Function.Where) {
      next = narrowed(step.getParameters().get(0), at);
    }
    for (ExpressionNode parameter : step.getParameters()) {
      chain(parameter, next);
    }
    return next;
  }

  /** Of several names, none says where the following steps stand. */
  private Place word(String word, Set<String> names, Place at) {
    String only = names.size() == 1 ? names.iterator().next() : null;
    return switch (word) {
      case Words.ANSWERS, Words.ALL_ANSWERS -> {
        names.forEach(name -> found.add(new Answer(name, null, Set.of())));
        yield at.ofForm(only);
      }
      case Words.ANSWER, Words.ITEMS -> {
        names.forEach(name -> found.add(new Answer(at.form(), name, Set.of())));
        yield at.ofQuestion(only);
      }
      case Words.APPOINTMENTS -> {
        names.forEach(name -> found.add(new Appointments(name)));
        yield at;
      }
      case Words.EVIDENCE -> {
        names.forEach(name -> found.add(new Evidence(name, null, null)));
        yield at.ofDecision(only);
      }
      case Words.INPUT, Words.OUTPUT -> {
        names.stream()
            .filter(name -> at.decision() != null)
            .forEach(name -> found.add(new Evidence(at.decision(), word, name)));
        yield at;
      }
      default -> at;
    };
  }

  /** What a {@code where} says of where the following steps stand. */
  private static Place narrowed(ExpressionNode criteria, Place at) {
    String form = Named.contained(criteria, "questionnaire");
    String decision = Named.contained(criteria, "module");
    String question = Named.equal(criteria, "linkId");
    String side = Named.equal(criteria, "id");
    if (form != null) {
      return at.ofForm(form);
    }
    if (decision != null) {
      return at.ofDecision(decision);
    }
    if (question != null) {
      return at.ofQuestion(question);
    }
    return "inputs".equals(side) || "outputs".equals(side)
        ? at.onSide(side.substring(0, side.length() - 1))
        : at;
  }

  private void compared(ExpressionNode head, Operation operation, ExpressionNode with, Place at) {
    if (!COMPARES.contains(operation)) {
      return;
    }
    String last = Named.lastName(head);
    Set<String> texts = Named.texts(with);
    if ("linkId".equals(last)) {
      texts.forEach(text -> found.add(new Answer(at.form(), text, Set.of())));
    } else if ("code".equals(last) && at.question() != null && !texts.isEmpty()) {
      found.add(new Answer(at.form(), at.question(), texts));
    } else if ("name".equals(last) && at.decision() != null && at.side() != null) {
      texts.forEach(text -> found.add(new Evidence(at.decision(), at.side(), text)));
    }
  }
}
