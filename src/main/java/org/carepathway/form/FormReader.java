package org.carepathway.form;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.springframework.stereotype.Component;

/**
 * Reads Questionnaires. What is wrong with one is found here, before a patient waits: expressions
 * that cannot be parsed, templates that are missing, choices without options, conditions on
 * questions that do not exist, and everything that forms do not support.
 */
@Component
public class FormReader {

  /** What a form has beside its items. */
  record Head(
      String url,
      String version,
      String title,
      List<Constraint> constraints,
      List<NamedExpression> variables,
      Outputs outputs) {}

  private final FhirPaths paths;
  private final ValueSetLookup valueSets;

  public FormReader(FhirPaths paths, ValueSetLookup valueSets) {
    this.paths = paths;
    this.valueSets = valueSets;
  }

  /**
   * Reads a Questionnaire.
   *
   * @throws FormException naming form, item, and remedy
   * @throws org.carepathway.template.TemplateException naming form, template and element
   */
  public Form read(Questionnaire source) {
    String name = source.getUrl() == null ? "without url" : lastPart(source.getUrl());
    if (!source.hasUrl() || !source.hasVersion()) {
      throw new FormException(name, null, "needs a url and a version");
    }
    Map<String, String> parents = parents(name, source);
    FormExpressions expressions = new FormExpressions(name, paths);
    ItemReader items = new ItemReader(source, expressions, valueSets);
    Head head = items.head();
    Form form = new Form(head, items.read(source.getItem()), expressions, parents);
    new FormCheck(form).check();
    return form;
  }

  private static String lastPart(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static Map<String, String> parents(String form, Questionnaire source) {
    Map<String, String> parents = new HashMap<>();
    add(form, Form.ROOT, source.getItem(), parents);
    return parents;
  }

  private static void add(
      String form,
      String parent,
      List<QuestionnaireItemComponent> items,
      Map<String, String> parents) {
    for (QuestionnaireItemComponent item : items) {
      if (!item.hasLinkId()) {
        throw new FormException(form, null, "an item has no linkId");
      }
      if (parents.put(item.getLinkId(), parent) != null) {
        throw new FormException(form, item.getLinkId(), "the linkId is used twice");
      }
      add(form, item.getLinkId(), item.getItem(), parents);
    }
  }
}
