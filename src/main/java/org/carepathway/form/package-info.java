/**
 * A form is a Questionnaire (R4, SDC 4.0): read once into a {@link org.carepathway.form.Form},
 * pre-filled, shown as a page, read back from a post, checked, and turned into resources.
 *
 * <p>The words here: a <em>form</em> is what is asked, a <em>response</em> is what was answered, an
 * <em>occurrence</em> is one item of a response. Nothing here stores anything.
 */
package org.carepathway.form;
