package org.carepathway.engine.model;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A process as it is drawn: boxes and lines, to draw it again anywhere. The origin is the upper
 * left corner, the unit that of the drawing.
 *
 * @param boxes those behind others first
 */
public record Drawing(double width, double height, List<Box> boxes, List<Line> lines) {

  /** What a box is to a reader. */
  public enum Kind {
    POOL,
    LANE,
    PART,
    PERSON,
    RULE,
    MESSAGE,
    SERVICE,
    CALL,
    START,
    EVENT,
    END,
    GATEWAY,
    LABEL
  }

  /**
   * @param mark a letter or sign inside of an event or a gateway; empty for none
   * @param text its lines
   */
  public record Box(
      Kind kind, String mark, double x, double y, double width, double height, List<String> text) {

    public double right() {
      return x + width;
    }

    public double bottom() {
      return y + height;
    }

    public double middle() {
      return x + width / 2;
    }

    public double centre() {
      return y + height / 2;
    }
  }

  public record Point(double x, double y) {}

  /**
   * @param aside whether it only links two things, such as a message
   */
  public record Line(boolean aside, List<Point> points) {

    /** As SVG writes the points of a polyline. */
    public String path() {
      StringBuilder path = new StringBuilder();
      points.forEach(point -> path.append(point.x()).append(',').append(point.y()).append(' '));
      return path.toString().strip();
    }

    public List<Stretch> stretches() {
      return IntStream.range(1, points.size())
          .mapToObj(i -> new Stretch(points.get(i - 1), points.get(i)))
          .toList();
    }

    /** Where it arrives. */
    public Point tip() {
      return points.get(points.size() - 1);
    }

    /** The way its arrow points: right, left, down or up. */
    public String way() {
      Point from = points.get(points.size() - 2);
      if (from.y() == tip().y()) {
        return from.x() <= tip().x() ? "right" : "left";
      }
      return from.y() < tip().y() ? "down" : "up";
    }
  }

  /** A straight part of a line; ours go across or down only. */
  public record Stretch(Point from, Point to) {

    public double x() {
      return Math.min(from.x(), to.x());
    }

    public double y() {
      return Math.min(from.y(), to.y());
    }

    public double width() {
      return Math.abs(from.x() - to.x());
    }

    public double height() {
      return Math.abs(from.y() - to.y());
    }
  }
}
