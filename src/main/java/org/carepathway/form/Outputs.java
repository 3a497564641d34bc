package org.carepathway.form;

import java.util.List;
import org.carepathway.template.ResourceTemplate;

/**
 * What is made of a form, or of each occurrence of an item.
 *
 * @param allocations ids that are given before anything is made (extractAllocateId)
 * @param templates resources to make (templateExtract)
 */
public record Outputs(List<Allocation> allocations, List<TemplateUse> templates) {

  /**
   * @param name the variable, without the percent sign
   * @param templateId the template that takes it as its resourceId; null if none does
   * @param resourceType type of that template; null if none takes it
   */
  public record Allocation(String name, String templateId, String resourceType) {}

  /**
   * @param templateId id of the contained template, without #
   * @param resourceId FHIRPath for the id of the resource; null to get a new one
   */
  public record TemplateUse(String templateId, ResourceTemplate template, String resourceId) {}

  boolean isEmpty() {
    return allocations.isEmpty() && templates.isEmpty();
  }
}
