package org.carepathway.template;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.PrimitiveType;

/** Makes elements from the nodes of one template (SDC 4.0, Template-based extraction). */
final class TemplateFill {

  private final String template;
  private final FhirPaths paths;

  TemplateFill(String template, FhirPaths paths) {
    this.template = template;
    this.paths = paths;
  }

  /** The elements that stand where the node stood: none, one, or one for each result. */
  List<Base> make(TemplateNode node, Base focus, FhirPathContext variables) {
    if (node.fixed()) {
      return List.of(node.prototype().copy());
    }
    if (node.context() == null) {
      return inContext(node, focus, variables);
    }
    List<Base> made = new ArrayList<>();
    for (Base result : evaluate(node, node.context(), focus, variables)) {
      FhirPathContext inner =
          node.contextName() == null ? variables : variables.with(node.contextName(), result);
      made.addAll(inContext(node, result, inner));
    }
    return made;
  }

  private List<Base> inContext(TemplateNode node, Base focus, FhirPathContext variables) {
    if (node.value() != null) {
      return values(node, focus, variables);
    }
    Base made = bare(node.prototype());
    for (TemplateNode child : node.children()) {
      add(made, child, make(child, focus, variables));
    }
    return List.of(made);
  }

  private List<Base> values(TemplateNode node, Base focus, FhirPathContext variables) {
    List<Base> made = new ArrayList<>();
    for (Base result : evaluate(node, node.value(), focus, variables)) {
      Base value =
          Coercion.to(node.prototype(), result, variables.zone())
              .orElseThrow(() -> error(node, node.value(), unfit(node, result), null));
      for (TemplateNode child : node.children()) {
        if (value instanceof Element && child.property().equals("extension")) {
          add(value, child, make(child, focus, variables));
        }
      }
      made.add(value);
    }
    return made;
  }

  private void add(Base parent, TemplateNode child, List<Base> made) {
    List<Base> kept = made.stream().filter(element -> !element.isEmpty()).toList();
    if (child.single() && kept.size() > 1) {
      String expression = child.context() == null ? child.value() : child.context();
      throw error(child, expression, "gives %d results for one place".formatted(kept.size()), null);
    }
    for (Base element : kept) {
      try {
        parent.setProperty(child.property(), element);
      } catch (FHIRException | IllegalArgumentException e) {
        throw error(child, child.value(), e.getMessage(), e);
      }
    }
  }

  private List<Base> evaluate(
      TemplateNode node, String expression, Base focus, FhirPathContext variables) {
    try {
      return paths.evaluate(focus, expression, variables);
    } catch (FhirPathException e) {
      throw new TemplateException(template, node.path(), e.getMessage(), e);
    }
  }

  /** The element without its children; a primitive keeps its value. */
  private static Base bare(Base prototype) {
    if (prototype instanceof PrimitiveType<?> primitive) {
      PrimitiveType<?> copy = (PrimitiveType<?>) primitive.copy();
      copy.getExtension().clear();
      return copy;
    }
    return Models.newLike(prototype);
  }

  private static String unfit(TemplateNode node, Base result) {
    String shown = result.isPrimitive() ? " '" + result.primitiveValue() + "'" : "";
    return "gives %s%s where %s is needed"
        .formatted(result.fhirType(), shown, node.prototype().fhirType());
  }

  private TemplateException error(
      TemplateNode node, String expression, String reason, Exception cause) {
    String text = expression == null ? reason : "FHIRPath '" + expression + "' " + reason;
    return new TemplateException(template, node.path(), text, cause);
  }
}
