package org.carepathway.delivery;

/** Another attempt has begun: this one writes nothing more. */
final class Overtaken extends RuntimeException {
  Overtaken() {
    super("Another attempt has begun.");
  }
}
