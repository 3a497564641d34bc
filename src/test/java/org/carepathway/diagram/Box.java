package org.carepathway.diagram;

import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * A drawn element or label.
 *
 * @param id of the BPMN element
 * @param type its local name, such as {@code userTask}; {@code label} for a label
 */
record Box(String id, String type, Rectangle2D bounds) {

  private static final double EDGE = 1;

  /** What is really drawn: a circle, a diamond or a rectangle, without its outermost pixel. */
  Area area() {
    Rectangle2D inner =
        new Rectangle2D.Double(
            bounds.getX() + EDGE,
            bounds.getY() + EDGE,
            bounds.getWidth() - 2 * EDGE,
            bounds.getHeight() - 2 * EDGE);
    if (type.endsWith("Event")) {
      return new Area(
          new Ellipse2D.Double(inner.getX(), inner.getY(), inner.getWidth(), inner.getHeight()));
    }
    return new Area(type.endsWith("Gateway") ? diamond(inner) : inner);
  }

  boolean overlaps(Box other) {
    Area common = area();
    common.intersect(other.area());
    return !common.isEmpty();
  }

  /** Whether a part of a line is inside. */
  boolean isCrossedBy(Line line) {
    Area common = area();
    common.intersect(new Area(line.thick()));
    return !common.isEmpty();
  }

  boolean contains(Box other) {
    return bounds.contains(other.bounds);
  }

  private static Path2D diamond(Rectangle2D in) {
    Path2D diamond = new Path2D.Double();
    diamond.moveTo(in.getCenterX(), in.getY());
    diamond.lineTo(in.getMaxX(), in.getCenterY());
    diamond.lineTo(in.getCenterX(), in.getMaxY());
    diamond.lineTo(in.getX(), in.getCenterY());
    diamond.closePath();
    return diamond;
  }
}
