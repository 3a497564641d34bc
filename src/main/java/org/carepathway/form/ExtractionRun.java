package org.carepathway.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.form.Outputs.Allocation;
import org.carepathway.form.Outputs.TemplateUse;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPathException;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/** One extraction. Counts the repetitions of each template. */
final class ExtractionRun {

  private final Form form;
  private final FhirPaths paths;
  private final IdSource ids;
  private final Map<String, Integer> repetitions = new HashMap<>();
  private final Map<String, Integer> allocated = new HashMap<>();
  private final List<Extracted> made = new ArrayList<>();

  ExtractionRun(Form form, FhirPaths paths, IdSource ids) {
    this.form = form;
    this.paths = paths;
    this.ids = ids;
  }

  List<Extracted> run(QuestionnaireResponse response, FhirPathContext context) {
    Map<String, List<StringType>> coming = new LinkedHashMap<>();
    name(form.items(), coming);
    comingIn(form.items(), response.getItem(), coming);
    allocated.clear();
    FhirPathContext whole = context;
    for (Map.Entry<String, List<StringType>> ids : coming.entrySet()) {
      whole = whole.with(ids.getKey(), ids.getValue());
    }
    FhirPathContext inner = make(form.outputs(), null, response, whole);
    level(form.items(), response.getItem(), inner);
    return List.copyOf(made);
  }

  /**
   * There are none of a group that is left out, and of a group in it; they are known all the same.
   */
  private static void name(List<FormItem> items, Map<String, List<StringType>> coming) {
    for (FormItem item : items) {
      item.outputs().allocations().forEach(some -> coming.put(some.name(), new ArrayList<>()));
      name(item.items(), coming);
    }
  }

  /**
   * The ids that items will allocate, so that what is made of the form itself can refer to all of a
   * repeated group.
   */
  private void comingIn(
      List<FormItem> items,
      List<QuestionnaireResponseItemComponent> given,
      Map<String, List<StringType>> coming) {
    for (FormItem item : items) {
      for (QuestionnaireResponseItemComponent focus : foci(item, given)) {
        for (Allocation some : item.outputs().allocations()) {
          coming.get(some.name()).add(new StringType(allocate(some)));
        }
        comingIn(item.items(), focus.getItem(), coming);
      }
    }
  }

  private void level(
      List<FormItem> items,
      List<QuestionnaireResponseItemComponent> given,
      FhirPathContext context) {
    for (FormItem item : items) {
      for (QuestionnaireResponseItemComponent focus : foci(item, given)) {
        FhirPathContext inner = make(item.outputs(), item.linkId(), focus, context);
        level(item.items(), focus.getItem(), inner);
      }
    }
  }

  private static List<QuestionnaireResponseItemComponent> foci(
      FormItem item, List<QuestionnaireResponseItemComponent> given) {
    return Answers.occurrences(given, item.linkId()).stream()
        .filter(Answers::isAnswered)
        .flatMap(occurrence -> iterations(item, occurrence).stream())
        .toList();
  }

  /** A repeating question has one occurrence with many answers: each is taken by itself. */
  private static List<QuestionnaireResponseItemComponent> iterations(
      FormItem item, QuestionnaireResponseItemComponent occurrence) {
    if (!item.isQuestion() || item.outputs().isEmpty() || occurrence.getAnswer().size() == 1) {
      return List.of(occurrence);
    }
    List<QuestionnaireResponseItemComponent> iterations = new ArrayList<>();
    for (QuestionnaireResponseItemAnswerComponent answer : occurrence.getAnswer()) {
      QuestionnaireResponseItemComponent one = new QuestionnaireResponseItemComponent();
      one.setLinkId(occurrence.getLinkId()).addAnswer(answer);
      iterations.add(one);
    }
    return iterations;
  }

  private FhirPathContext make(
      Outputs outputs, String linkId, Base focus, FhirPathContext context) {
    FhirPathContext inner = context;
    for (Allocation allocation : outputs.allocations()) {
      inner = inner.with(allocation.name(), allocate(allocation));
    }
    for (TemplateUse use : outputs.templates()) {
      make(use, linkId, focus, inner);
    }
    return inner;
  }

  private String allocate(Allocation allocation) {
    String source = allocation.templateId() == null ? allocation.name() : allocation.templateId();
    String id = ids.id(source, next(allocated, source));
    return allocation.resourceType() == null
        ? "urn:uuid:" + id
        : allocation.resourceType() + "/" + id;
  }

  private void make(TemplateUse use, String linkId, Base focus, FhirPathContext context) {
    List<Resource> resources = use.template().fill(focus, context);
    String fixedId = resourceId(use, linkId, focus, context);
    if (fixedId != null && resources.size() > 1) {
      throw error(use, linkId, "makes %d resources with one id".formatted(resources.size()), null);
    }
    for (Resource resource : resources) {
      int repetition = next(repetitions, use.templateId());
      String id = fixedId == null ? ids.id(use.templateId(), repetition) : fixedId;
      resource.setIdElement(new IdType(resource.fhirType(), id));
      made.add(new Extracted(resource, use.templateId(), repetition));
    }
  }

  /** The id that the form asks for, without type or urn prefix; null for a new one. */
  private String resourceId(TemplateUse use, String linkId, Base focus, FhirPathContext context) {
    if (use.resourceId() == null) {
      return null;
    }
    List<Base> results;
    try {
      results = paths.evaluate(focus, use.resourceId(), context);
    } catch (FhirPathException e) {
      throw error(use, linkId, e.getMessage(), e);
    }
    if (results.isEmpty()) {
      return null;
    }
    if (results.size() > 1 || !results.get(0).isPrimitive()) {
      throw error(use, linkId, "'" + use.resourceId() + "' must give one string", null);
    }
    IdType id = new IdType(results.get(0).primitiveValue());
    String type = use.template().resourceType();
    if (id.hasResourceType() && !id.getResourceType().equals(type)) {
      throw error(use, linkId, "has the id of a " + id.getResourceType(), null);
    }
    return id.getIdPart().replaceFirst("^urn:uuid:", "");
  }

  private static int next(Map<String, Integer> counters, String key) {
    return counters.merge(key, 1, Integer::sum) - 1;
  }

  private FormException error(TemplateUse use, String linkId, String reason, Exception cause) {
    String message = "template #%s: %s".formatted(use.templateId(), reason);
    return new FormException(form.id(), linkId, message, cause);
  }
}
