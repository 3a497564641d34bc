package org.carepathway.pathway;

import org.carepathway.record.Trigger;

/**
 * A pathway has ended; told in the transaction that ends it.
 *
 * @param pathway with its outcome and the time of its end
 * @param element the BPMN element that ended it
 * @param trigger what set the ending step off, and who acted
 */
public record PathwayEnded(Pathway pathway, String element, Trigger trigger) {}
