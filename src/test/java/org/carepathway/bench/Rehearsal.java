package org.carepathway.bench;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * What one travel of the whole service does, written down while it does it: the transaction Bundles
 * that reach the FHIR store and the variables that each service task sets.
 */
@Interceptor
public final class Rehearsal {

  private final List<String> bundles = new ArrayList<>();
  private final Map<String, Map<String, Object>> variables = new HashMap<>();
  private final Set<Object> steps;
  private String referral;

  private Rehearsal(Set<Object> steps) {
    this.steps = steps;
  }

  /** Runs one travel and writes it down. Nothing else may run meanwhile. */
  static Rehearsal of(WholeService service, ProcessEngine engine, IInterceptorService interceptors)
      throws Exception {
    Map<Object, Object> beans =
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getBeans();
    Map<Object, Object> original = Map.copyOf(beans);
    Rehearsal rehearsal = new Rehearsal(original.keySet());
    service.prepare(1);
    beans.replaceAll((name, step) -> rehearsal.watching((JavaDelegate) step));
    interceptors.registerInterceptor(rehearsal);
    try {
      service.travel();
    } finally {
      interceptors.unregisterInterceptor(rehearsal);
      beans.putAll(original);
    }
    return rehearsal;
  }

  /** The names of the steps that the models may use. */
  Set<Object> steps() {
    return steps;
  }

  /** The referral as JSON, as stored first. */
  String referral() {
    return referral;
  }

  /** The Bundles as JSON, in the order sent. */
  List<String> bundles() {
    return bundles;
  }

  /** BPMN element id to the variables that it set. */
  Map<String, Map<String, Object>> variables() {
    return variables;
  }

  @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
  public void sent(IBaseBundle bundle) {
    bundles.add(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(bundle));
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource) {
    if (referral == null && resource instanceof ServiceRequest) {
      referral = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
    }
  }

  private JavaDelegate watching(JavaDelegate step) {
    return execution -> {
      Map<String, Object> before = new HashMap<>(execution.getVariables());
      step.execute(execution);
      variables.put(execution.getCurrentActivityId(), changes(before, execution));
    };
  }

  private static Map<String, Object> changes(
      Map<String, Object> before, DelegateExecution execution) {
    Map<String, Object> changes = new HashMap<>(execution.getVariables());
    changes
        .entrySet()
        .removeIf(
            entry ->
                before.containsKey(entry.getKey())
                    && Objects.equals(before.get(entry.getKey()), entry.getValue()));
    return changes;
  }
}
