package org.carepathway.answers;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.document.Documents;
import org.carepathway.form.FileText;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.springframework.stereotype.Component;

/** The files that answers bring with them. */
@Component
class Enclosures {

  private final Files files;
  private final Documents documents;

  Enclosures(Files files, Documents documents) {
    this.files = files;
    this.documents = documents;
  }

  /**
   * The answers with what the service knows of their files in place of what was sent. A file that
   * is sent inside the answers is what its bytes say; one that is not here has no type, so that the
   * form refuses it.
   */
  QuestionnaireResponse known(QuestionnaireResponse answers) {
    if (attachments(answers.getItem()).findAny().isEmpty()) {
      return answers;
    }
    QuestionnaireResponse known = answers.copy();
    attachments(known.getItem()).forEach(answer -> answer.setValue(known(answer)));
    return known;
  }

  /** Keeps the files as documents of the record and lets the answers point to them. */
  void keep(OpenPathway open, String element, QuestionnaireResponse answers) {
    List<QuestionnaireResponseItemAnswerComponent> all = attachments(answers.getItem()).toList();
    for (int i = 0; i < all.size(); i++) {
      Attachment file = all.get(i).getValueAttachment();
      String trigger = answers.getIdElement().getIdPart() + "/file/" + i;
      all.get(i).setValue(documents.keepFile(open, element, trigger, file));
      if (file.hasUrl()) {
        files.forget(file);
      }
    }
  }

  private Attachment known(QuestionnaireResponseItemAnswerComponent answer) {
    Attachment sent = answer.getValueAttachment();
    if (sent.hasUrl() && sent.getUrl().startsWith(FileText.KEPT)) {
      return files.find(sent).orElseGet(() -> nothing(sent));
    }
    return sent.hasData()
        ? FileType.of(sent.getData())
            .map(
                type ->
                    new Attachment()
                        .setContentType(type)
                        .setTitle(Optional.ofNullable(sent.getTitle()).orElse("file"))
                        .setData(sent.getData())
                        .setSize(sent.getData().length))
            .orElseGet(() -> nothing(sent))
        : nothing(sent);
  }

  private static Attachment nothing(Attachment sent) {
    return new Attachment().setTitle(sent.hasTitle() ? sent.getTitle() : "file");
  }

  private static Stream<QuestionnaireResponseItemAnswerComponent> attachments(
      List<QuestionnaireResponseItemComponent> items) {
    return items.stream()
        .flatMap(
            item ->
                Stream.concat(
                    item.getAnswer().stream().filter(a -> a.getValue() instanceof Attachment),
                    attachments(item.getItem())));
  }
}
