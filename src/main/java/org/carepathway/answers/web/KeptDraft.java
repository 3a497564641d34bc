package org.carepathway.answers.web;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carepathway.answers.DraftKey;
import org.carepathway.answers.Drafts;
import org.carepathway.page.Dates;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Keeps what is entered into a form while it is entered, for the script of the page. */
@Component
public class KeptDraft {

  private static final String TOKEN = "_csrf";

  private final Drafts drafts;
  private final Dates dates;

  KeptDraft(Drafts drafts, Dates dates) {
    this.drafts = drafts;
    this.dates = dates;
  }

  /** Answers with when it was kept, in words. */
  public ResponseEntity<String> save(DraftKey key, Map<String, List<String>> entered) {
    Map<String, List<String>> fields = new TreeMap<>(entered);
    fields.remove(TOKEN);
    return ResponseEntity.ok(dates.exact(drafts.save(key, fields)));
  }

  public void forget(DraftKey key) {
    drafts.forget(key);
  }
}
