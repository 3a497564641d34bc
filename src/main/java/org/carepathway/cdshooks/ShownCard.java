package org.carepathway.cdshooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A card as an EHR gets it.
 *
 * @see <a href="https://cds-hooks.hl7.org/2.0/#card-attributes">CDS Hooks 2.0, Card Attributes</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ShownCard(
    String uuid,
    String summary,
    String detail,
    String indicator,
    Source source,
    List<Reason> overrideReasons,
    List<Link> links) {

  /** Where the advice comes from. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Source(String label, String url) {}

  /** Why it may be set aside. */
  record Reason(String system, String code, String display) {}

  /**
   * @param type {@code absolute}, or {@code smart} where the EHR starts us as an app
   * @param appContext what the EHR gives us back then
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Link(String label, String url, String type, String appContext) {}
}
