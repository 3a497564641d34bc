package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.ValueSetExpansionOutcome;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.context.support.ValueSetExpansionOptions;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ValidationOptions;
import ca.uhn.fhir.validation.ValidationResult;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptReferenceComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/**
 * The rules that resources are checked against: R4 itself and the content's profiles, value sets
 * and code systems. Codes of systems that are not at hand (SNOMED CT, LOINC) are warnings.
 */
public final class Conformance {

  private final PrePopulatedValidationSupport own;
  private final ValidationSupportChain chain;
  private final FhirValidator validator;
  private final FhirContext fhirContext;
  private final CheckTime time = new CheckTime();

  public Conformance(FhirContext fhirContext) {
    this(fhirContext, new DefaultProfileValidationSupport(fhirContext));
  }

  /**
   * @param r4 the definitions of R4 itself, which take seconds to load
   */
  Conformance(FhirContext fhirContext, DefaultProfileValidationSupport r4) {
    this.fhirContext = fhirContext;
    this.own = new PrePopulatedValidationSupport(fhirContext);
    UnknownCodeSystemWarningValidationSupport unknown =
        new UnknownCodeSystemWarningValidationSupport(fhirContext);
    unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
    this.chain =
        new ValidationSupportChain(
            r4,
            own,
            new SnapshotGeneratingValidationSupport(fhirContext),
            new InMemoryTerminologyServerValidationSupport(fhirContext),
            new CommonCodeSystemsTerminologyService(fhirContext),
            unknown);
    FhirInstanceValidator module = new FhirInstanceValidator(chain);
    module.setErrorForUnknownProfiles(true);
    module.setAnyExtensionsAllowed(true);
    module.setValidatorPolicyAdvisor(time);
    // A narrative or a performer that is missing is no news to anybody.
    module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    this.validator = new OrderedValidator(fhirContext, time).registerValidatorModule(module);
  }

  /** Adds the content's conformance resources. */
  public void add(Collection<? extends Resource> resources) {
    resources.forEach(own::addResource);
  }

  /**
   * Checks a resource against R4, the profiles it claims and those given. It is encoded first: HAPI
   * would validate the text that a stored resource was read from, which has no {@code meta} yet.
   */
  public ValidationResult validate(Resource resource, String... profiles) {
    return validate(fhirContext.newJsonParser().encodeResourceToString(resource), profiles);
  }

  /** The same for a resource as it was sent. */
  ValidationResult validate(String text, String... profiles) {
    ValidationOptions options = new ValidationOptions();
    for (String profile : profiles) {
      options.addProfile(profile);
    }
    return validator.validateWithResult(text, options);
  }

  /**
   * @throws UnprocessableEntityException (422) with an OperationOutcome that names paths and rules
   */
  public void require(Resource resource, String... profiles) {
    ValidationResult result = validate(resource, profiles);
    if (!result.isSuccessful()) {
      throw new UnprocessableEntityException(
          "The resource breaks a rule.", (OperationOutcome) result.toOperationOutcome());
    }
  }

  /**
   * The codes of a value set with their displays, in its order; empty when it is not known.
   *
   * @param canonical with or without version
   */
  public List<Coding> codes(String canonical) {
    return valueSet(canonical)
        .flatMap(this::expansion)
        .map(
            codes ->
                codes.stream()
                    .map(code -> new Coding(code.getSystem(), code.getCode(), code.getDisplay()))
                    .toList())
        .orElse(List.of());
  }

  /**
   * @param canonical with or without version
   */
  public Optional<ValueSet> valueSet(String canonical) {
    String url =
        canonical.contains("|") ? canonical.substring(0, canonical.indexOf('|')) : canonical;
    return Optional.ofNullable((ValueSet) chain.fetchValueSet(url));
  }

  /**
   * A value set with its codes, in its order.
   *
   * @throws UnprocessableEntityException (422) when it takes codes of a system that is not at hand
   */
  public ValueSet expanded(ValueSet valueSet) {
    ValueSet expanded = valueSet.copy();
    expanded
        .getExpansion()
        .setContains(
            expansion(valueSet)
                .orElseThrow(
                    () ->
                        new UnprocessableEntityException(
                            valueSet.getUrl()
                                + " takes codes of a system that is not at hand here: ask a"
                                + " terminology server.")));
    return expanded;
  }

  private Optional<List<ValueSetExpansionContainsComponent>> expansion(ValueSet valueSet) {
    ValueSetExpansionOutcome outcome =
        chain.expandValueSet(
            new ValidationSupportContext(chain), new ValueSetExpansionOptions(), valueSet);
    if (outcome == null || outcome.getValueSet() == null) {
      return Optional.empty();
    }
    List<String> order = listed(valueSet);
    return Optional.of(
        ((ValueSet) outcome.getValueSet())
            .getExpansion().getContains().stream()
                .sorted(Comparator.comparingInt(code -> order.indexOf(code.getCode())))
                .toList());
  }

  /** The codes that the value set lists itself; HAPI's expansion does not keep their order. */
  private static List<String> listed(ValueSet valueSet) {
    return valueSet.getCompose().getInclude().stream()
        .flatMap(include -> include.getConcept().stream())
        .map(ConceptReferenceComponent::getCode)
        .toList();
  }

  /** Loads what the first validation needs, so that no sender waits for it. */
  public void warmUp() {
    validate(new Patient().setGender(AdministrativeGender.UNKNOWN));
    time.limit();
  }

  FhirValidator validator() {
    return validator;
  }
}
