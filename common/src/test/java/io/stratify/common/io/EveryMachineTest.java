package io.stratify.common.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EveryMachineTest extends SparkSuite {
  @TempDir java.nio.file.Path folder;

  @Test
  void whoDoesNotSeeAFileIsTold() throws IOException {
    java.nio.file.Path file = folder.resolve("probe");
    assertThat(EveryMachine.blindTo(spark(), new Path(file.toString())))
        .contains(SparkEnv.get().blockManager().blockManagerId().host());
    Files.createFile(file);
    assertThat(EveryMachine.blindTo(spark(), new Path(file.toString()))).isEmpty();
  }
}
