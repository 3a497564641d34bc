package org.carepathway.outreach;

/**
 * Hands messages of one channel over. It must end within a few seconds: the patient's pathway is
 * locked meanwhile.
 */
public interface Carrier {

  Channel channel();

  /** Whether the site has set it up; nothing leaves by one that is not. */
  boolean isSetUp();

  /** Whether handing the same message over twice makes one message. */
  boolean isRepeatable();

  Handover handOver(Outgoing message);
}
