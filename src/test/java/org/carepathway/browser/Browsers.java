package org.carepathway.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.OwnFolder;

/** A Chromium for the tests: the machine's own, or one that is installed first. */
public final class Browsers {

  private static final List<String> USUAL =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final String REMEDY =
      "The browser tests need Chromium or Chrome. Install it (Debian and Ubuntu: 'apt-get install"
          + " chromium'), or name an installed one in the environment variable CHROMIUM.";

  /** Without smooth scrolling, which moves what is to be clicked on a slow machine. */
  public static final Browser.NewContextOptions CALM =
      new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE);

  private static Browser shared;

  private Browsers() {}

  /**
   * The one browser of all tests, which Playwright drives; a visit's windows are closed with it. It
   * ends with the tests. To be used by one thread.
   *
   * @throws IllegalStateException saying how to install one when there is none
   */
  public static Visit visit() {
    if (shared == null) {
      shared = chromium();
    }
    return new Visit(shared);
  }

  public record Visit(Browser browser) implements AutoCloseable {

    @Override
    public void close() {
      browser.contexts().forEach(BrowserContext::close);
    }
  }

  private static Browser chromium() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Playwright driver = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    LaunchOptions options = new LaunchOptions().setArgs(arguments());
    OwnFolder.inTurn(
        "chromium", () -> installed().or(Browsers::install).ifPresent(options::setExecutablePath));
    return driver.chromium().launch(options);
  }

  private static Optional<Path> installed() {
    return Stream.concat(
            Stream.of(System.getenv("CHROMIUM"), System.getenv("PLAYWRIGHT_CHROMIUM")),
            USUAL.stream())
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Empty when it was installed to where Playwright finds it by itself. */
  private static Optional<Path> install() {
    if (isRoot() && Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      run("apt-get", "-qq", "update");
      run("apt-get", "-qq", "install", "--yes", "--no-install-recommends", "chromium");
      return Optional.of(installed().orElseThrow(() -> new IllegalStateException(REMEDY)));
    }
    // In a process of its own: it ends with System.exit.
    run(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        "com.microsoft.playwright.CLI",
        "install",
        "chromium");
    return Optional.empty();
  }

  private static void run(String... command) {
    try {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException(REMEDY);
      }
    } catch (IOException e) {
      throw new IllegalStateException(REMEDY, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(REMEDY, e);
    }
  }

  private static List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"));
    if (isRoot()) {
      // Chromium's sandbox refuses to run as root, as on most build servers.
      arguments.add("--no-sandbox");
    }
    return arguments;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
