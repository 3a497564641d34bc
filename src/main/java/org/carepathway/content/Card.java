package org.carepathway.content;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an EHR is to show to a clinician at a moment of theirs, if it holds (CDS Hooks 2.0).
 *
 * @param id in its file; kept with what the clinician did with it
 * @param hooks at which moments, such as {@code patient-view}
 * @param running whether it is of patients on the pathway, or of those who are not
 * @param when FHIRPath: it is shown where this is true
 * @param blanks FHIRPath of what stands for <code>{0}</code>, <code>{1}</code> in the texts
 * @param indicator {@code info}, {@code warning} or {@code critical}
 * @param summary one sentence
 * @param detail Markdown; null for none
 * @param tasks element ids of user tasks: it leads to the first of them that is open
 * @param reasons codes of the file's reasons for which it may be overridden
 */
public record Card(
    String id,
    Set<String> hooks,
    boolean running,
    String when,
    List<String> blanks,
    String indicator,
    String summary,
    String detail,
    List<String> tasks,
    List<String> reasons) {

  /** Every FHIRPath in it. */
  public List<String> expressions() {
    return Stream.concat(Stream.of(when), blanks.stream()).toList();
  }

  public boolean isOf(String hook) {
    return hooks.contains(hook);
  }
}
