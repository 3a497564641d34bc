package org.carepathway.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may sign in.
 *
 * @param users local users; the demo profile brings its own
 */
@Validated
@ConfigurationProperties("carepathway.sign-in")
record SignInSettings(@DefaultValue List<@Valid LocalUser> users) {

  /**
   * @param name sign-in name
   * @param display the name that people read
   * @param password encoded as Spring Security writes it, e.g. {@code {bcrypt}$2a$...}
   * @param roles codes of the roles
   */
  record LocalUser(
      @NotBlank String name,
      @NotBlank String display,
      @NotBlank String password,
      @NotEmpty List<String> roles) {}
}
