package org.carepathway.form;

import java.util.List;
import org.hl7.fhir.r4.model.Type;

/**
 * How an item gets its first answers.
 *
 * @param variables expressions in scope for the item and what is in it, in order
 * @param context for a group: one occurrence for each result (itemPopulationContext); may be null
 * @param expression FHIRPath for the answers (initialExpression); may be null
 * @param initial fixed first answers
 */
public record Prefill(
    List<NamedExpression> variables,
    NamedExpression context,
    String expression,
    List<Type> initial) {}
