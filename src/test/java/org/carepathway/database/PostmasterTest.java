package org.carepathway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start ends what an earlier run left on its own folder, and nothing else. */
@Tag("service")
class PostmasterTest {

  @TempDir private Path folder;

  private Process other;

  @AfterEach
  void end() {
    if (other != null) {
      other.destroyForcibly();
    }
  }

  @Test
  void aNumberThatAnotherProgramHasByNowIsSurvived() throws Exception {
    new BuiltInPostgres(folder).close();
    other = new ProcessBuilder("sleep", "600").start();
    name(folder, other.pid());

    new BuiltInPostgres(folder).close();

    assertThat(other.isAlive()).isTrue();
  }

  @Test
  void aProgramThatIsOnlyCalledPostgresIsLeftAlone() throws Exception {
    Path impostor = Files.copy(Path.of("/bin/sleep"), folder.resolve("postgres"));
    impostor.toFile().setExecutable(true);
    other = new ProcessBuilder(impostor.toString(), "600").start();
    new BuiltInPostgres(folder).close();
    name(folder, other.pid());

    new BuiltInPostgres(folder).close();

    assertThat(other.isAlive()).isTrue();
  }

  @Test
  void thePostgresOfAnotherFolderIsLeftAlone() throws Exception {
    Path mine = folder.resolve("mine");
    new BuiltInPostgres(mine).close();
    try (BuiltInPostgres theirs = new BuiltInPostgres(folder.resolve("theirs"))) {
      ProcessHandle process =
          new Postmaster(BuiltInPostgres.cluster(folder.resolve("theirs"))).running().orElseThrow();
      name(mine, process.pid());
      assertThat(BuiltInPostgres.running(mine)).isEmpty();

      new BuiltInPostgres(mine).close();

      assertThat(process.isAlive()).isTrue();
      assertThat(BuiltInPostgres.running(folder.resolve("theirs"))).isPresent();
    }
  }

  @Test
  void whatAKilledServiceLeftIsEndedAlsoWhenItHangs() throws Exception {
    Process killed =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                KilledService.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(killed.waitFor(2, TimeUnit.MINUTES)).isTrue();
    Postmaster postmaster = new Postmaster(BuiltInPostgres.cluster(folder));
    List<ProcessHandle> orphans = postmaster.all();
    assertThat(orphans).isNotEmpty();
    Signals.halt(orphans);

    try (BuiltInPostgres again = new BuiltInPostgres(folder)) {
      assertThat(again.url()).contains("postgresql");
      assertThat(orphans).noneMatch(ProcessHandle::isAlive);
    }
  }

  private static void name(Path home, long number) throws IOException {
    Path cluster = BuiltInPostgres.cluster(home);
    Files.writeString(
        cluster.resolve("postmaster.pid"),
        "%d\n%s\n1700000000\n5432\n\nlocalhost\n".formatted(number, cluster));
  }
}
