package org.carepathway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/** Reads a template resource into its nodes and checks every expression in it. */
final class TemplateReader {

  private final String template;
  private final FhirPaths paths;
  private final Set<String> variables = new TreeSet<>();
  private final Set<String> named = new TreeSet<>();
  private final Set<String> recordTypes = new TreeSet<>();

  TemplateReader(String template, FhirPaths paths) {
    this.template = template;
    this.paths = paths;
  }

  TemplateNode read(Resource resource) {
    TemplateNode root = node(resource.fhirType(), "", true, resource);
    if (root.value() != null) {
      throw new TemplateException(
          template, root.path(), "a value cannot replace the whole resource; use a context", null);
    }
    return root;
  }

  /** The variables that a caller must give; those that the template names itself are not in it. */
  Set<String> variables() {
    variables.removeAll(named);
    return Set.copyOf(variables);
  }

  Set<String> recordTypes() {
    return RecordTypes.simplified(recordTypes);
  }

  private TemplateNode node(String path, String property, boolean single, Base element) {
    Extension context = rule(element, TemplateNode.CONTEXT_URL, path);
    Extension value = rule(element, TemplateNode.VALUE_URL, path);
    List<TemplateNode> children = children(path, element);
    return new TemplateNode(
        path,
        property,
        single,
        element,
        expression(context, path),
        contextName(context),
        expression(value, path),
        children,
        context == null && value == null && children.stream().allMatch(TemplateNode::fixed));
  }

  private List<TemplateNode> children(String path, Base element) {
    List<TemplateNode> children = new ArrayList<>();
    for (Property property : element.children()) {
      boolean rootId =
          element instanceof Resource && isRoot(path) && property.getName().equals("id");
      List<Base> values = rootId ? List.of() : property.getValues();
      for (int i = 0; i < values.size(); i++) {
        Base child = values.get(i);
        if (!TemplateNode.isRule(child)) {
          String childPath = path + "." + name(property, child) + (property.isList() ? at(i) : "");
          children.add(node(childPath, property.getName(), !property.isList(), child));
        }
      }
    }
    return children;
  }

  private static boolean isRoot(String path) {
    return path.indexOf('.') < 0;
  }

  private static String at(int index) {
    return "[" + index + "]";
  }

  /** {@code valueQuantity} rather than {@code value[x]}: the name that the author wrote. */
  private static String name(Property property, Base child) {
    String name = property.getName();
    if (!name.endsWith("[x]")) {
      return name;
    }
    String type = child.fhirType();
    return name.substring(0, name.length() - 3)
        + Character.toUpperCase(type.charAt(0))
        + type.substring(1);
  }

  private Extension rule(Base element, String url, String path) {
    List<Extension> found = new ArrayList<>();
    for (Base child : element.listChildrenByName("extension", false)) {
      if (child instanceof Extension extension && url.equals(extension.getUrl())) {
        found.add(extension);
      }
    }
    if (found.size() > 1) {
      throw new TemplateException(template, path, "has " + url + " twice", null);
    }
    return found.isEmpty() ? null : found.get(0);
  }

  private String expression(Extension rule, String path) {
    if (rule == null) {
      return null;
    }
    String expression =
        rule.getValue() instanceof Expression whole
            ? whole.getExpression()
            : rule.getValue() instanceof StringType text ? text.getValue() : null;
    if (expression == null) {
      throw new TemplateException(template, path, "an expression is missing", null);
    }
    try {
      variables.addAll(paths.variables(expression));
      recordTypes.addAll(paths.recordTypes(expression));
    } catch (FhirPathException e) {
      throw new TemplateException(template, path, e.getMessage(), e);
    }
    return expression;
  }

  private String contextName(Extension context) {
    if (context != null && context.getValue() instanceof Expression whole && whole.hasName()) {
      named.add(whole.getName());
      return whole.getName();
    }
    return null;
  }
}
