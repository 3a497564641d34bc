package org.carepathway.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.carepathway.form.Outputs.Allocation;
import org.carepathway.form.Outputs.TemplateUse;
import org.carepathway.template.ResourceTemplate;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Reads what is made of a form: templateExtract and extractAllocateId (SDC 4.0). */
final class OutputReader {

  private static final String TEMPLATE_PART = "template";
  private static final String RESOURCE_ID_PART = "resourceId";

  private final FormExpressions expressions;
  private final Map<String, Resource> contained = new HashMap<>();
  private final Map<String, ResourceTemplate> templates = new HashMap<>();

  OutputReader(Questionnaire source, FormExpressions expressions) {
    this.expressions = expressions;
    for (Resource resource : source.getContained()) {
      contained.put(localId(resource.getId()), resource);
    }
  }

  /**
   * Reads the outputs of an item (or of the form, with a null linkId) that has these items in it.
   */
  Outputs read(String linkId, List<Extension> extensions, List<QuestionnaireItemComponent> inside) {
    List<Allocation> allocations = new ArrayList<>();
    for (Extension extension : Sdc.all(extensions, Sdc.ALLOCATE_ID)) {
      String name = extension.hasValue() ? extension.getValue().primitiveValue() : null;
      if (name == null) {
        throw error(linkId, "extractAllocateId needs the name of a variable");
      }
      expressions.define(name);
      allocations.add(allocation(linkId, name, extensions, inside));
    }
    List<TemplateUse> uses =
        Sdc.all(extensions, Sdc.TEMPLATE).stream().map(use -> use(linkId, use)).toList();
    return new Outputs(List.copyOf(allocations), uses);
  }

  private TemplateUse use(String linkId, Extension extension) {
    for (Extension part : extension.getExtension()) {
      if (!part.getUrl().equals(TEMPLATE_PART) && !part.getUrl().equals(RESOURCE_ID_PART)) {
        throw error(linkId, "templateExtract takes template and resourceId, not " + part.getUrl());
      }
    }
    String templateId = templateId(linkId, extension);
    String resourceId = Sdc.text(extension.getExtension(), RESOURCE_ID_PART);
    return new TemplateUse(
        templateId,
        template(linkId, templateId),
        resourceId == null ? null : expressions.checked(linkId, resourceId));
  }

  private String templateId(String linkId, Extension use) {
    return Sdc.value(use.getExtension(), TEMPLATE_PART, Reference.class)
        .map(Reference::getReference)
        .filter(reference -> reference.startsWith("#"))
        .map(OutputReader::localId)
        .orElseThrow(() -> error(linkId, "templateExtract needs a template with a # reference"));
  }

  private ResourceTemplate template(String linkId, String templateId) {
    Resource source = contained.get(templateId);
    if (source == null) {
      throw error(linkId, "the form contains no template #" + templateId);
    }
    return templates.computeIfAbsent(
        templateId,
        id -> {
          String name = "form %s, #%s".formatted(expressions.form(), id);
          ResourceTemplate template = ResourceTemplate.of(name, source, expressions.paths());
          expressions.note(template);
          return template;
        });
  }

  private Allocation allocation(
      String linkId,
      String name,
      List<Extension> extensions,
      List<QuestionnaireItemComponent> inside) {
    Set<String> users = new TreeSet<>();
    addUsers(linkId, name, extensions, inside, users);
    if (users.size() > 1) {
      throw error(linkId, "%%%s is the resourceId of several templates: %s".formatted(name, users));
    }
    String templateId = users.isEmpty() ? null : users.iterator().next();
    String type = templateId == null ? null : template(linkId, templateId).resourceType();
    return new Allocation(name, templateId, type);
  }

  private void addUsers(
      String linkId,
      String name,
      List<Extension> extensions,
      List<QuestionnaireItemComponent> inside,
      Set<String> users) {
    for (Extension use : Sdc.all(extensions, Sdc.TEMPLATE)) {
      String resourceId = Sdc.text(use.getExtension(), RESOURCE_ID_PART);
      if (resourceId != null
          && expressions
              .paths()
              .variables(expressions.checked(linkId, resourceId))
              .contains(name)) {
        users.add(templateId(linkId, use));
      }
    }
    for (QuestionnaireItemComponent item : inside) {
      addUsers(item.getLinkId(), name, item.getExtension(), item.getItem(), users);
    }
  }

  private static String localId(String id) {
    return id != null && id.startsWith("#") ? id.substring(1) : id;
  }

  private FormException error(String linkId, String reason) {
    return new FormException(expressions.form(), linkId, reason);
  }
}
