package org.carepathway.book.web;

import java.util.Locale;
import org.carepathway.engine.model.Drawing;
import org.carepathway.engine.model.Drawing.Box;
import org.carepathway.engine.model.Drawing.Line;
import org.carepathway.engine.model.Drawing.Stretch;

/**
 * A drawing on paper, made of positioned boxes: the PDF has its letters as text in its own fonts,
 * and nothing has to be installed to draw it.
 *
 * @param scale millimetres for one unit of the drawing
 * @param wide whether it is on a page of A3, as nobody could read it on A4
 */
public record Canvas(Drawing drawing, double scale, boolean wide) {

  private static final double WIDEST = 262;
  private static final double HIGHEST = 150;
  private static final double A3_WIDEST = 385;
  private static final double A3_HIGHEST = 235;

  /** The smallest letters that are read on paper: 5 points, in millimetres. */
  private static final double READABLE = 1.76;

  private static final double LARGEST = 0.19;
  private static final double LETTERS = 11;
  private static final double TIP = 7;
  private static final double THIN = 1.4;
  private static final String INK = "#333";

  static Canvas of(Drawing drawing) {
    double fits = Math.min(WIDEST / drawing.width(), HIGHEST / drawing.height());
    if (fits * LETTERS >= READABLE) {
      return new Canvas(drawing, Math.min(fits, LARGEST), false);
    }
    double onA3 = Math.min(A3_WIDEST / drawing.width(), A3_HIGHEST / drawing.height());
    return new Canvas(drawing, onA3, true);
  }

  public String style() {
    return place(0, 0, drawing.width(), drawing.height()).replace("left:0.00mm;top:0.00mm;", "")
        + "font-size:%s;line-height:%s;".formatted(mm(LETTERS), mm(LETTERS * 1.1));
  }

  public String place(Box box) {
    return place(box.x(), box.y(), box.width(), box.height());
  }

  /** The upper half of a gateway: a triangle made of borders. */
  public String upper(Box box, double edge, String colour) {
    double half = box.width() / 2 - edge;
    return at(box.middle() - half, box.centre() - half) + triangle("bottom", half, half, colour);
  }

  public String lower(Box box, double edge, String colour) {
    double half = box.width() / 2 - edge;
    return at(box.middle() - half, box.centre()) + triangle("top", half, half, colour);
  }

  public String place(Stretch stretch) {
    return place(
        stretch.x() - THIN / 2,
        stretch.y() - THIN / 2,
        stretch.width() + THIN,
        stretch.height() + THIN);
  }

  /** The arrow at the end of a line. */
  public String tip(Line line) {
    double x = line.tip().x();
    double y = line.tip().y();
    double half = TIP / 2;
    return switch (line.way()) {
      case "right" -> at(x - TIP, y - half) + triangle("left", half, TIP, INK);
      case "left" -> at(x, y - half) + triangle("right", half, TIP, INK);
      case "down" -> at(x - half, y - TIP) + triangle("top", half, TIP, INK);
      default -> at(x - half, y) + triangle("bottom", half, TIP, INK);
    };
  }

  /** The letter in an event or a gateway. */
  public String mark(Box box) {
    return place(box.x(), box.centre() - LETTERS * 0.55, box.width(), LETTERS);
  }

  /** The text of a box in its middle; of others at the top. */
  public String text(Box box) {
    double high = box.text().size() * LETTERS * 1.1;
    boolean middle =
        switch (box.kind()) {
          case PERSON, RULE, MESSAGE, SERVICE, CALL -> true;
          default -> false;
        };
    double top = middle ? Math.max(0, (box.height() - high) / 2) : 0;
    return place(box.x() - 6, box.y() + top, box.width() + 12, high);
  }

  /** A triangle whose base lies on a side of its box. */
  private String triangle(String base, double half, double deep, String colour) {
    boolean flat = base.equals("top") || base.equals("bottom");
    String sides = flat ? "left right" : "top bottom";
    StringBuilder style = new StringBuilder("width:0;height:0;");
    for (String side : sides.split(" ")) {
      style.append("border-%s:%s solid transparent;".formatted(side, mm(half)));
    }
    return style + "border-%s:%s solid %s;".formatted(base, mm(deep), colour);
  }

  private String at(double x, double y) {
    return "left:%s;top:%s;".formatted(mm(x), mm(y));
  }

  private String place(double x, double y, double width, double height) {
    return "left:%s;top:%s;width:%s;height:%s;".formatted(mm(x), mm(y), mm(width), mm(height));
  }

  private String mm(double units) {
    return String.format(Locale.ROOT, "%.2fmm", units * scale);
  }
}
