package org.carepathway.outreach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.carepathway.document.Pdf;
import org.carepathway.outreach.Handover.Later;
import org.carepathway.outreach.Handover.Taken;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Puts letters as PDF into the folder of a print service, each under its own name: one that is put
 * there again replaces itself.
 */
@Component
class LetterCarrier implements Carrier {

  private final OutreachSettings settings;

  LetterCarrier(OutreachSettings settings) {
    this.settings = settings;
  }

  @Override
  public Channel channel() {
    return Channel.LETTER;
  }

  @Override
  public boolean isSetUp() {
    return settings.letters() != null;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public Handover handOver(Outgoing message) {
    try {
      Path folder = Files.createDirectories(settings.letters());
      Path part = Files.createTempFile(folder, "letter", ".part");
      Files.write(part, Pdf.of(html(message)));
      Files.move(
          part,
          folder.resolve(message.id() + ".pdf"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return new Taken(null);
    } catch (IOException fault) {
      return new Later("The folder of letters: " + fault.getClass().getSimpleName());
    }
  }

  private static String html(Outgoing message) {
    return """
        <html lang="%s"><head><title>%s</title>
        <style>@page { size: A4; margin: 25mm } body { font: 12pt/1.5 Helvetica, sans-serif }
        p.to { margin: 20mm 0; white-space: pre-line } p { white-space: pre-line }</style></head>
        <body><p class="to">%s</p><h1>%s</h1><p>%s</p></body></html>"""
        .formatted(
            message.language(),
            text(message.subject()),
            text(message.address()),
            text(message.subject()),
            text(message.text()));
  }

  private static String text(String plain) {
    return HtmlUtils.htmlEscapeDecimal(plain, "UTF-8");
  }
}
