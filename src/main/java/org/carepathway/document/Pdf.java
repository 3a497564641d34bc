package org.carepathway.document;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.logging.Level;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Turns a page into a PDF. What Windows-1252 can write (English, Spanish and their like) is set in
 * Helvetica, which every reader has, in about 10 ms; for other letters a font is put in, which
 * takes ten times as long.
 */
public final class Pdf {

  private static final Charset HELVETICA = Charset.forName("windows-1252");

  static {
    FontMappers.set(new StandInFont());
    com.openhtmltopdf.util.XRLog.listRegisteredLoggers()
        .forEach(logger -> com.openhtmltopdf.util.XRLog.setLevel(logger, Level.WARNING));
  }

  private Pdf() {}

  /**
   * @param xhtml a whole page that is XML, with its style in it; it can name no other file
   */
  public static byte[] of(String xhtml) {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.useFastMode();
    builder.useUriResolver((base, uri) -> null);
    builder.withHtmlContent(xhtml, null);
    builder.toStream(pdf);
    try (PDDocument document = new PDDocument()) {
      builder.usePDDocument(document);
      if (!HELVETICA.newEncoder().canEncode(xhtml)) {
        builder.useFont(letters(document), "Liberation Sans", 400, FontStyle.NORMAL, true);
      }
      builder.run();
    } catch (IOException e) {
      throw new UncheckedIOException("the page cannot be made a PDF", e);
    }
    return pdf.toByteArray();
  }

  /** Without ligatures: PDFBox compiles their patterns for every word, most of a book's time. */
  private static PDFontSupplier letters(PDDocument document) throws IOException {
    TrueTypeFont font = StandInFont.read();
    font.setEnableGsub(false);
    return new PDFontSupplier(PDType0Font.load(document, font, true));
  }
}
