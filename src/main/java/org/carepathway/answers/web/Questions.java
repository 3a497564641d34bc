package org.carepathway.answers.web;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.carepathway.answers.Prefilled;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/**
 * A form that somebody fills in on a page.
 *
 * @param prefilled with what is known
 * @param check what is wrong with answers; changes nothing
 * @param submit takes the answers and whether warnings are confirmed
 */
public record Questions(
    Form form,
    Prefilled prefilled,
    Function<QuestionnaireResponse, List<FormIssue>> check,
    BiConsumer<QuestionnaireResponse, Boolean> submit) {}
