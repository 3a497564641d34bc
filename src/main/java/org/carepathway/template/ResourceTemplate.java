package org.carepathway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;

/**
 * A resource with blanks that FHIRPath fills, as in SDC 4.0 template-based extraction:
 *
 * <ul>
 *   <li>{@code sdc-questionnaire-templateExtractContext} on an element: the element is made once
 *       for each result, and the result is the focus inside it; no result, no element. On the
 *       resource itself: one resource for each result.
 *   <li>{@code sdc-questionnaire-templateExtractValue} on an element: its value is replaced by each
 *       result, and whatever is written beside it is only a placeholder.
 * </ul>
 *
 * <p>The context is evaluated before the value. Elements that end up empty are dropped, and so is
 * the id, which names the template. Stricter than SDC, which logs an error and goes on: an
 * expression that fails or gives the wrong type is an exception, for half a resource is worse than
 * none. Immutable and thread-safe.
 */
public final class ResourceTemplate {

  /** The extension whose expression gives an element's value. */
  public static final String VALUE = TemplateNode.VALUE_URL;

  private final String name;
  private final TemplateNode root;
  private final TemplateFill fill;
  private final Set<String> variables;
  private final Set<String> recordTypes;

  private ResourceTemplate(String name, TemplateNode root, TemplateReader reader, FhirPaths paths) {
    this.name = name;
    this.root = root;
    this.fill = new TemplateFill(name, paths);
    this.variables = reader.variables();
    this.recordTypes = reader.recordTypes();
  }

  /**
   * Reads a template and all its expressions.
   *
   * @param name what errors call it, such as a file name or "form procedure, template #level"
   * @param template an R4 resource; it is copied
   * @throws TemplateException naming template, element and expression
   */
  public static ResourceTemplate of(String name, Resource template, FhirPaths paths) {
    TemplateReader reader = new TemplateReader(name, paths);
    return new ResourceTemplate(name, reader.read(template.copy()), reader, paths);
  }

  public String name() {
    return name;
  }

  /** Such as {@code Observation}. */
  public String resourceType() {
    return root.prototype().fhirType();
  }

  /** The variables that {@link #fill} needs, without the percent sign. */
  public Set<String> variables() {
    return variables;
  }

  /** The resource types that it reads from {@code %record}; see {@link FhirPaths#recordTypes}. */
  public Set<String> recordTypes() {
    return recordTypes;
  }

  /**
   * Makes the resources: one, unless the template has a context on the resource itself.
   *
   * @param focus where expressions start, such as an item of a response; may be null
   * @return new resources without ids
   * @throws TemplateException naming template, element and expression
   */
  public List<Resource> fill(Base focus, FhirPathContext context) {
    List<Resource> resources = new ArrayList<>();
    for (Base made : fill.make(root, focus, context)) {
      Resource resource = (Resource) made;
      resource.setId((String) null);
      resources.add(resource);
    }
    return resources;
  }
}
