package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.carepathway.outreach.RemindedPatients.Reminded;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.springframework.context.ApplicationContext;

/** What the mail server and the gateway have, against what the service says that it sent. */
final class SentReminders {

  private final ApplicationContext service;
  private final List<UUID> mailed;
  private final List<UUID> posted;
  private int handedOver;
  private int unsure;
  private int arrivedUnsure;

  SentReminders(ApplicationContext service, List<UUID> mailed, List<UUID> posted) {
    this.service = service;
    this.mailed = mailed;
    this.posted = posted;
  }

  static List<Message> of(ApplicationContext service, Reminded who) {
    return service.getBean(MessageRows.class).ofPathway(who.pathway()).stream()
        .filter(message -> message.purpose() == Message.Purpose.APPOINTMENT)
        .toList();
  }

  /** One of each window: it is there once, or it is said that nobody knows. */
  void judge(Reminded who) {
    List<Message> own = of(service, who);
    assertThat(own).extracting(Message::rung).containsExactlyInAnyOrder(1, 2);
    own.forEach(message -> ended(who, message));
  }

  /** Of somebody who died: what had begun before is known as well. */
  void judgeEnded(Reminded who) {
    List<Message> own = of(service, who);
    assertThat(own).extracting(Message::rung).doesNotHaveDuplicates();
    own.stream()
        .filter(message -> message.state() != MessageState.STOPPED)
        .forEach(message -> ended(who, message));
  }

  private void ended(Reminded who, Message message) {
    Channel channel = who.byMail() ? Channel.MAIL : Channel.SMS;
    assertThat(message.channel()).isEqualTo(channel);
    // A gateway knows a message again by its key.
    int arrived =
        who.byMail()
            ? Collections.frequency(mailed, message.id())
            : posted.contains(message.id()) ? 1 : 0;
    if (message.state() == MessageState.UNSURE) {
      assertThat(channel).as("only mail cannot be asked").isEqualTo(Channel.MAIL);
      assertThat(arrived).isLessThanOrEqualTo(1);
      unsure++;
      arrivedUnsure += arrived;
    } else {
      assertThat(message.state()).as(message.said()).isEqualTo(MessageState.HANDED_OVER);
      assertThat(arrived).as("%s of %s", message, who).isEqualTo(1);
      handedOver++;
    }
    assertThat(status(who, message))
        .containsExactly(
            message.state() == MessageState.UNSURE
                ? CommunicationStatus.UNKNOWN
                : CommunicationStatus.INPROGRESS);
  }

  private List<CommunicationStatus> status(Reminded who, Message message) {
    return service
        .getBean(Pathways.class)
        .view(who.pathway())
        .orElseThrow()
        .record()
        .ofTypes(Set.of("Communication"))
        .stream()
        .map(Communication.class::cast)
        .filter(each -> each.getIdElement().getIdPart().equals(message.id().toString()))
        .map(Communication::getStatus)
        .toList();
  }

  String figures() {
    return "%d reminders handed over, %d mails of which nobody knows (%d of them arrived), %d texts asked for again"
        .formatted(handedOver, unsure, arrivedUnsure, posted.size() - Set.copyOf(posted).size());
  }
}
