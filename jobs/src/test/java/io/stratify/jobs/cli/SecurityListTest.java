package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of known vulnerabilities is of the versions that we run on. */
class SecurityListTest {
  private static final Path LIST = Path.of("..", "SECURITY.md");

  @Test
  void everyLibraryOfTheListIsInUseInThatVersion() throws IOException {
    List<String> jars = jarsOfTheList();
    assertThat(jars).hasSizeGreaterThan(10).contains("libthrift-0.12.0.jar");
    Set<String> inUse =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(p -> Path.of(p).getFileName().toString().replace("-core.jar", ".jar"))
            .collect(Collectors.toSet());
    assertThat(inUse).as("whose versions %s lists", LIST).containsAll(jars);
  }

  /** "a, b 1.0" is a of 1.0 and b of 1.0; what is inside of another jar says so in brackets. */
  private static List<String> jarsOfTheList() throws IOException {
    List<String> jars = new ArrayList<>();
    for (String line : Files.readAllLines(LIST)) {
      String[] cells = line.split("\\|", -1);
      boolean row = cells.length > 5 && cells[2].matches(".*(GHSA|CVE)-.*");
      if (row && !cells[1].contains("(")) {
        List<String> names = new ArrayList<>();
        for (String word : cells[1].strip().split("[ ,]+", -1)) {
          if (Character.isDigit(word.charAt(0))) {
            names.forEach(name -> jars.add(name + "-" + word + ".jar"));
            names.clear();
          } else {
            names.add(word);
          }
        }
      }
    }
    return jars;
  }
}
