package org.carepathway.amendment;

import java.io.Serializable;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * One correction of answers, as they keep it.
 *
 * @param who by name
 * @param changes what was answered before and is answered now, question by question
 * @param decisions what rules would have decided, where that is something else
 * @param weighed whether a person has to say what follows
 */
public record Correction(
    Instant at,
    String who,
    String reason,
    List<String> changes,
    List<String> decisions,
    boolean weighed)
    implements Serializable {

  static final String URL = "https://carepathway.org/fhir/StructureDefinition/answers-corrected";

  private static final String AT = "at";
  private static final String WHO = "who";
  private static final String REASON = "reason";
  private static final String CHANGE = "change";
  private static final String DECISION = "decision";
  private static final String WEIGH = "weigh";

  /** The oldest first. */
  public static List<Correction> of(QuestionnaireResponse answers) {
    return answers.getExtensionsByUrl(URL).stream().map(Correction::of).toList();
  }

  private static Correction of(Extension kept) {
    return new Correction(
        ((DateTimeType) kept.getExtensionByUrl(AT).getValue()).getValue().toInstant(),
        ((Reference) kept.getExtensionByUrl(WHO).getValue()).getDisplay(),
        kept.getExtensionString(REASON),
        texts(kept, CHANGE),
        texts(kept, DECISION),
        ((BooleanType) kept.getExtensionByUrl(WEIGH).getValue()).booleanValue());
  }

  private static List<String> texts(Extension kept, String url) {
    return kept.getExtensionsByUrl(url).stream()
        .map(each -> each.getValue().primitiveValue())
        .toList();
  }

  /**
   * @param by who corrects
   */
  Extension kept(Reference by) {
    Extension kept = new Extension(URL);
    kept.addExtension(AT, new DateTimeType(Date.from(at)));
    kept.addExtension(WHO, by);
    kept.addExtension(REASON, new StringType(reason));
    changes.forEach(change -> kept.addExtension(CHANGE, new StringType(change)));
    decisions.forEach(decision -> kept.addExtension(DECISION, new StringType(decision)));
    kept.addExtension(WEIGH, new BooleanType(weighed));
    return kept;
  }
}
