package org.carepathway.document;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
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
 * Helvetica, which every reader has, in about 10 ms; for other letters fonts are put in, which
 * takes ten times as long: one with Latin, Greek, Cyrillic and Hebrew, and where that is not enough
 * one with Arabic.
 */
public final class Pdf {

  private static final Charset HELVETICA = Charset.forName("windows-1252");

  /** Its letters joined are letters of their own in it, which needs no ligatures of the font. */
  private static final String ARABIC = "/net/sf/jasperreports/fonts/dejavu/DejaVuSans.ttf";

  static {
    FontMappers.set(new StandInFont());
    XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.WARNING));
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
        use(builder, document, "Liberation Sans", StandInFont.FILE);
        use(builder, document, "DejaVu Sans", ARABIC);
        builder.useUnicodeBidiReorderer(new ICUBidiReorderer());
        builder.useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory());
      }
      builder.run();
    } catch (IOException e) {
      throw new UncheckedIOException("the page cannot be made a PDF", e);
    }
    return pdf.toByteArray();
  }

  /** Without ligatures: PDFBox compiles their patterns for every word, most of a book's time. */
  private static void use(PdfRendererBuilder builder, PDDocument document, String name, String file)
      throws IOException {
    TrueTypeFont font = StandInFont.read(file);
    font.setEnableGsub(false);
    builder.useFont(
        new PDFontSupplier(PDType0Font.load(document, font, true)),
        name,
        400,
        FontStyle.NORMAL,
        true);
  }
}
