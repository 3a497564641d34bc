package org.carepathway.fhir;

/** Text that can be stored: PostgreSQL takes no NUL, and half a character is none. */
final class Storable {

  static final String RULE =
      "Text must not have the character U+0000 nor half of a surrogate pair.";

  private Storable() {}

  static boolean allows(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char at = text.charAt(i);
      if (at == 0 || Character.isLowSurrogate(at)) {
        return false;
      }
      if (Character.isHighSurrogate(at)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
