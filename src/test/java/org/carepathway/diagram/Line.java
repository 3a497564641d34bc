package org.carepathway.diagram;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/** A straight part of a drawn flow, horizontal or vertical. */
record Line(Point2D from, Point2D to) {

  private static final double WIDTH = 0.5;

  Rectangle2D thick() {
    double x = Math.min(from.getX(), to.getX());
    double y = Math.min(from.getY(), to.getY());
    return new Rectangle2D.Double(
        x - WIDTH / 2,
        y - WIDTH / 2,
        Math.abs(from.getX() - to.getX()) + WIDTH,
        Math.abs(from.getY() - to.getY()) + WIDTH);
  }

  boolean isStraight() {
    return from.getX() == to.getX() || from.getY() == to.getY();
  }

  boolean touches(Line other) {
    return Line2D.linesIntersect(
        from.getX(),
        from.getY(),
        to.getX(),
        to.getY(),
        other.from.getX(),
        other.from.getY(),
        other.to.getX(),
        other.to.getY());
  }

  /** Both go on at both sides of the point where they meet. */
  boolean crosses(Line other) {
    return touches(other)
        && !isOn(other, from)
        && !isOn(other, to)
        && !isOn(this, other.from)
        && !isOn(this, other.to);
  }

  private static boolean isOn(Line line, Point2D point) {
    return Line2D.ptSegDist(
            line.from.getX(),
            line.from.getY(),
            line.to.getX(),
            line.to.getY(),
            point.getX(),
            point.getY())
        < WIDTH;
  }
}
