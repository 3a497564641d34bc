package org.carepathway.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;

/**
 * For each font that a PDF names without having it in it, PDFBox looks for one on the machine to
 * draw its letters with, and warns where there is none. We write pages and draw none: the font that
 * comes with PDFBox will do for all, whatever is installed.
 */
final class StandInFont implements FontMapper {

  /** Comes with PDFBox; has Latin, Greek, Cyrillic and Hebrew letters. */
  static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private final TrueTypeFont font;

  StandInFont() {
    try {
      font = read(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException("PDFBox came without its font", e);
    }
  }

  static TrueTypeFont read(String file) throws IOException {
    return new TTFParser()
        .parse(new RandomAccessReadBuffer(PDDocument.class.getResourceAsStream(file)));
  }

  @Override
  public FontMapping<TrueTypeFont> getTrueTypeFont(String name, PDFontDescriptor descriptor) {
    return new FontMapping<>(font, false);
  }

  @Override
  public FontMapping<FontBoxFont> getFontBoxFont(String name, PDFontDescriptor descriptor) {
    return new FontMapping<>(font, false);
  }

  @Override
  public CIDFontMapping getCIDFont(
      String name, PDFontDescriptor descriptor, PDCIDSystemInfo system) {
    return new CIDFontMapping(null, font, false);
  }
}
