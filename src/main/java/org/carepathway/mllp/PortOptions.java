package org.carepathway.mllp;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * How a port is opened.
 *
 * @param name for the log
 * @param address to listen at; null for all of the machine
 * @param port 0 for any that is free
 * @param senders who may connect
 * @param ssl null for none; with it clients must show a certificate that it trusts
 * @param largest bytes of a message
 * @param longest how long a message may take from its first byte to its last
 * @param connections at most, at once
 */
public record PortOptions(
    String name,
    InetAddress address,
    int port,
    Predicate<InetAddress> senders,
    SSLContext ssl,
    int largest,
    Duration longest,
    int connections) {}
