package org.carepathway.form;

import java.util.List;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.springframework.stereotype.Component;

/**
 * Makes resources of a checked response (SDC 4.0, Template-based extraction).
 *
 * <p>The focus of a template is the response, or the occurrence of the item that names the
 * template: one resource for each occurrence of a group, and for a repeating choice one for each
 * answer.
 *
 * <p>Ids are final at once, and so are references: {@code %Name} of an extractAllocateId is {@code
 * Type/id}, where Type is that of the template which takes it as its resourceId. SDC gives a
 * urn:uuid there, and has whoever stores the Bundle rewrite it; here nothing has to be rewritten.
 * An allocated id that no template takes is a urn:uuid.
 */
@Component
public class Extraction {

  private final FhirPaths paths;

  public Extraction(FhirPaths paths) {
    this.paths = paths;
  }

  /**
   * Makes the resources, those of the form itself first, then in the order of the response.
   *
   * @param context variables for the templates; {@code %resource} is set here
   * @throws FormException naming form and item
   * @throws org.carepathway.template.TemplateException naming form, template, element and
   *     expression
   */
  public List<Extracted> extract(
      Form form, QuestionnaireResponse response, FhirPathContext context, IdSource ids) {
    return new ExtractionRun(form, paths, ids).run(response, context.with("resource", response));
  }
}
