package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the files, loading ends with problems in single lines, never otherwise. */
class SiteMutationTest {
  private static final int ROUNDS = 40;
  private static final List<String> FILES =
      List.of(
          "arranque.yaml", "dhcp/wire.yaml", "cloud-init/worker/role.yaml", "images/os/image.yaml");
  private static final String SPLINTERS = "{}[]:,-&*!|>'\"%@`#?~ \n\t\0\u00e1\u2028<=0z";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aDamagedFileNeverThrows(long seed) throws IOException {
    Random random = new Random(seed);
    SiteOnDisk site = SiteOnDisk.copyOf("complete", folder);
    for (int round = 0; round < ROUNDS; round++) {
      String file = FILES.get(random.nextInt(FILES.size()));
      String good = Files.readString(folder.resolve(file));
      String damaged = damage(good, random);
      site.write(file, damaged);
      Loaded loaded = site.load();
      assertThat(loaded.site().isPresent())
          .as("seed %d round %d: %s", seed, round, damaged)
          .isNotEqualTo(loaded.problems().hasErrors());
      assertThat(loaded.problems().all())
          .allSatisfy(
              problem -> assertThat(problem.toString().lines()).as("%s", damaged).hasSize(1));
      site.write(file, good);
    }
  }

  /** Cuts, doubles, or puts a stray character in. */
  private static String damage(String good, Random random) {
    StringBuilder text = new StringBuilder(good);
    for (int blow = random.nextInt(4); blow >= 0; blow--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(3)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, text.substring(at, end));
        default -> text.insert(at, SPLINTERS.charAt(random.nextInt(SPLINTERS.length())));
      }
      if (text.length() == 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }
}
