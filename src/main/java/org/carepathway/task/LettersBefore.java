package org.carepathway.task;

import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.carepathway.answers.Given;
import org.carepathway.document.Documents;
import org.carepathway.document.Page;
import org.carepathway.document.Pages;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.DocumentReference;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The letters that answers lead to, before they are sent. The task is completed as ever, what it
 * has written is read, and all of it is taken back: so nothing can be shown that would not be made.
 */
@Component
public class LettersBefore {

  private final Completion completion;
  private final Pathways pathways;
  private final Pages pages;
  private final TransactionTemplate apart;

  LettersBefore(
      Completion completion,
      Pathways pathways,
      Pages pages,
      PlatformTransactionManager transactions) {
    this.completion = completion;
    this.pathways = pathways;
    this.pages = pages;
    this.apart = new TransactionTemplate(transactions);
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * @return none where these answers lead to none
   * @throws org.carepathway.answers.AnswersRefused (422), and others, as {@link
   *     Completion#complete}
   */
  public List<Page> of(UUID itemId, Given given) {
    return apart.execute(
        nothingIsKept -> {
          nothingIsKept.setRollbackOnly();
          WorkItem done = completion.complete(itemId, given, OptionalInt.empty());
          return written(pathways.open(done.pathwayId()));
        });
  }

  private List<Page> written(OpenPathway open) {
    return open.record().all().stream()
        .filter(DocumentReference.class::isInstance)
        .map(DocumentReference.class::cast)
        .filter(open.record()::isWrittenNow)
        .flatMap(
            document ->
                Documents.message(open, document)
                    .map(message -> pages.of(open, message, Documents.texts(document)))
                    .stream())
        .toList();
  }
}
