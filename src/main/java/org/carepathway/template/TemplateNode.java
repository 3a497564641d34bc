package org.carepathway.template;

import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Extension;

/**
 * One element of a template.
 *
 * @param path where it stands, such as {@code Observation.component[0].valueQuantity}
 * @param property its name in the parent, as HAPI says it ({@code value[x]})
 * @param single whether the parent can hold one of it at most
 * @param prototype the element as it is written in the template
 * @param context expression of templateExtractContext, or null
 * @param contextName the variable that takes each result of the context, or null
 * @param value expression of templateExtractValue, or null
 * @param children its elements, without the two extensions
 * @param fixed whether it has no expression at all, and so is copied just as it is written
 */
record TemplateNode(
    String path,
    String property,
    boolean single,
    Base prototype,
    String context,
    String contextName,
    String value,
    List<TemplateNode> children,
    boolean fixed) {

  private static final String SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";
  static final String CONTEXT_URL = SDC + "sdc-questionnaire-templateExtractContext";
  static final String VALUE_URL = SDC + "sdc-questionnaire-templateExtractValue";

  static boolean isRule(Base element) {
    return element instanceof Extension extension
        && (CONTEXT_URL.equals(extension.getUrl()) || VALUE_URL.equals(extension.getUrl()));
  }
}
