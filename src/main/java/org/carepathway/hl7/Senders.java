package org.carepathway.hl7;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** The addresses and networks from where messages are taken. */
record Senders(List<IpAddressMatcher> allowed) implements Predicate<InetAddress> {

  static Senders of(List<String> addresses) {
    return new Senders(addresses.stream().map(IpAddressMatcher::new).toList());
  }

  @Override
  public boolean test(InetAddress sender) {
    return allowed.stream().anyMatch(one -> one.matches(sender.getHostAddress()));
  }
}
