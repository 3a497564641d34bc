package org.carepathway.form;

import java.util.List;
import org.hl7.fhir.r4.model.Type;

/**
 * How an item gets answers that nobody typed.
 *
 * @param variables expressions in scope for the item and what is in it, in order
 * @param context for a group: one occurrence for each result (itemPopulationContext); may be null
 * @param expression FHIRPath for the answers (initialExpression); may be null
 * @param calculated FHIRPath for what follows from other answers (calculatedExpression); may be
 *     null
 * @param initial fixed first answers
 */
public record Prefill(
    List<NamedExpression> variables,
    NamedExpression context,
    String expression,
    String calculated,
    List<Type> initial) {}
