/**
 * What of a record is a fact: the one place that knows which resources count, when something was
 * found, in which unit, how it is called, and who the patient is. Forms, templates, decisions and
 * pages read what this lets through, so that none of their expressions has to remember it.
 */
package org.carepathway.fact;
