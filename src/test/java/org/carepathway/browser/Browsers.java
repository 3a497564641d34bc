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

/**
 * A Chromium for the tests: the machine's own, or one that is installed first. Best is the headless
 * shell, which has no windows, tabs and menus of its own to draw: it takes a sixth of the processor
 * time.
 */
public final class Browsers {

  private static final String SHELL = "chromium-headless-shell";
  private static final List<String> WHOLE =
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
    OwnFolder.inTurn("chromium", () -> executable().ifPresent(options::setExecutablePath));
    return driver.chromium().launch(options);
  }

  /** Empty when Playwright finds it by itself. */
  private static Optional<Path> executable() {
    List<String> named =
        Stream.of(System.getenv("CHROMIUM"), System.getenv("PLAYWRIGHT_CHROMIUM"))
            .filter(Objects::nonNull)
            .toList();
    return installed(named)
        .or(() -> installed(List.of("/usr/bin/" + SHELL)))
        .or(Browsers::installShell)
        .or(() -> installed(WHOLE))
        .or(Browsers::installByPlaywright);
  }

  private static Optional<Path> installed(List<String> paths) {
    return paths.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** From Debian's packages; empty where there are none, or not this one. */
  private static Optional<Path> installShell() {
    if (!isRoot() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return Optional.empty();
    }
    return run("apt-get", "-qq", "update")
            && run("apt-get", "-qq", "install", "--yes", "--no-install-recommends", SHELL)
        ? installed(List.of("/usr/bin/" + SHELL))
        : Optional.empty();
  }

  private static Optional<Path> installByPlaywright() {
    // In a process of its own: it ends with System.exit.
    boolean installed =
        run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "com.microsoft.playwright.CLI",
            "install",
            "chromium");
    if (!installed) {
      throw new IllegalStateException(REMEDY);
    }
    return Optional.empty();
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
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
