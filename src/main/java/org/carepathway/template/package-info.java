/**
 * FHIRPath over a pathway's record, and resources made from templates (SDC 4.0 template-based
 * extraction). Knows neither forms nor the engine: give it a template, a focus and variables.
 */
package org.carepathway.template;
