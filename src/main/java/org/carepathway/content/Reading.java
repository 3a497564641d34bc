package org.carepathway.content;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.engine.model.ProcessModels;
import org.carepathway.engine.model.RuleTable;
import org.carepathway.engine.model.RuleTables;
import org.carepathway.engine.model.TableTexts;
import org.carepathway.form.Form;
import org.carepathway.form.FormReader;
import org.carepathway.template.FhirPaths;
import org.carepathway.template.ResourceTemplate;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.util.function.SingletonSupplier;

/** What was read out of the files of one version of a pathway: each once, when first asked for. */
final class Reading {

  private final FormReader reader;
  private final FhirPaths paths;
  private final Map<String, Form> forms = new ConcurrentHashMap<>();
  private final Map<String, ResourceTemplate> templates = new ConcurrentHashMap<>();
  private final Supplier<List<Diagram>> diagrams;
  private final Supplier<TableTexts> tables;
  private final Supplier<List<ProcessModel>> processes;
  private final Supplier<List<RuleTable>> rules;

  /**
   * @param models file name to BPMN or DMN text
   */
  Reading(FormReader reader, FhirPaths paths, Map<String, String> models) {
    this.reader = reader;
    this.paths = paths;
    this.diagrams = SingletonSupplier.of(() -> Diagram.of(models));
    this.tables = SingletonSupplier.of(() -> TableTexts.of(models));
    this.rules = SingletonSupplier.of(() -> RuleTables.of(models));
    this.processes =
        SingletonSupplier.of(
            () ->
                models.entrySet().stream()
                    .filter(model -> model.getKey().endsWith(".bpmn"))
                    .flatMap(model -> ProcessModels.read(model.getKey(), model.getValue()).stream())
                    .toList());
  }

  /**
   * @throws IllegalArgumentException when the form is wrong
   */
  Form form(Questionnaire form) {
    return forms.computeIfAbsent(canonical(form), canonical -> reader.read(form));
  }

  /**
   * @throws IllegalArgumentException when the template is wrong
   */
  ResourceTemplate template(String name, Resource template) {
    return templates.computeIfAbsent(
        name, any -> ResourceTemplate.of("template/" + name, template, paths));
  }

  List<Diagram> diagrams() {
    return diagrams.get();
  }

  TableTexts tables() {
    return tables.get();
  }

  List<RuleTable> rules() {
    return rules.get();
  }

  List<ProcessModel> processes() {
    return processes.get();
  }

  static String canonical(Questionnaire form) {
    return form.getUrl() + '|' + form.getVersion();
  }
}
