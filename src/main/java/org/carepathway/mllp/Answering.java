package org.carepathway.mllp;

/** Answers messages. It is called for one message of a connection after the other. */
public interface Answering {

  /**
   * @param message its bytes without the frame
   * @param isWhole false where it is longer than may be; the bytes are then its beginning
   * @return the acknowledgement; null where none can be given and the connection is to be closed
   */
  byte[] answer(byte[] message, boolean isWhole);
}
