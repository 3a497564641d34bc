package org.carepathway.demo.web;

import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Tells the pages whether this is the demo, and who can sign in to it. */
@Component("demo")
class Demo {

  private static final String PLAIN = "{noop}";

  private final boolean on;
  private final List<User> users;

  Demo(Environment environment) {
    this.on = environment.acceptsProfiles(Profiles.of("demo"));
    this.users =
        Binder.get(environment)
            .bind("carepathway.sign-in.users", Bindable.listOf(User.class))
            .orElse(List.of())
            .stream()
            .filter(user -> on && user.password().startsWith(PLAIN))
            .toList();
  }

  public boolean isOn() {
    return on;
  }

  /** Those whose password is kept in clear, which the demo's own are. */
  public List<User> users() {
    return users;
  }

  record User(String name, String display, String password, List<String> roles) {

    public String typed() {
      return password.substring(PLAIN.length());
    }
  }
}
