package org.carepathway.fhir;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumSet;
import org.hl7.fhir.common.hapi.validation.validator.FhirDefaultPolicyAdvisor;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r5.model.ElementDefinition;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.IResourceValidator;

/**
 * How long one body may keep the validator busy. Some rules compare each element with each other,
 * so that a body within every other limit could take minutes. Counted is the time of the processor,
 * so that a busy machine refuses nothing.
 */
final class CheckTime extends FhirDefaultPolicyAdvisor {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Of the processor; what a hospital sends takes a hundredth of it. */
  private static final long LONGEST_NANOS = 5_000_000_000L;

  /** More for each resource of a Bundle, some five times what one takes. */
  private static final long OF_RESOURCE_NANOS = 20_000_000L;

  /** To ask for the time costs as much as a small rule. */
  private static final int SELDOM = 64;

  private final ThreadLocal<Clock> clocks = new ThreadLocal<>();
  private volatile boolean limited;

  /** From now on; before, the definitions of R4 are read, which takes longer than any check. */
  void limit() {
    limited = true;
  }

  void begin() {
    clocks.set(new Clock());
  }

  void end() {
    clocks.remove();
  }

  static UnprocessableEntityException tooMuch(String path) {
    String text =
        "To check this would take too long, and nothing was stored: there is too much in one resource, or it goes too deep. Send it in parts.";
    return new UnprocessableEntityException(text, Refusal.outcome(IssueType.TOOCOSTLY, path, text));
  }

  @Override
  public EnumSet<ResourceValidationAction> policyForResource(
      IResourceValidator validator, Object context, StructureDefinition type, String path) {
    Clock clock = clocks.get();
    if (clock != null) {
      clock.longest += OF_RESOURCE_NANOS;
    }
    return super.policyForResource(validator, context, type, path);
  }

  @Override
  public EnumSet<ElementValidationAction> policyForElement(
      IResourceValidator validator,
      Object context,
      StructureDefinition structure,
      ElementDefinition element,
      String path) {
    Clock clock = clocks.get();
    if (limited && clock != null && clock.isOver()) {
      throw tooMuch(path);
    }
    return super.policyForElement(validator, context, structure, element, path);
  }

  /** Of one check. */
  private static final class Clock {

    private final long begin = THREADS.getCurrentThreadCpuTime();
    private long longest = LONGEST_NANOS;
    private int elements;

    private boolean isOver() {
      elements++;
      return elements % SELDOM == 0 && THREADS.getCurrentThreadCpuTime() - begin > longest;
    }
  }
}
