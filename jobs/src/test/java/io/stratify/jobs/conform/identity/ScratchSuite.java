package io.stratify.jobs.conform.identity;

import io.stratify.common.io.Scratch;
import io.stratify.common.spark.SparkSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A scratch folder for every test. */
@SuppressWarnings("this-escape") // of the Scala class that is extended
abstract class ScratchSuite extends SparkSuite {
  @TempDir private Path folder;
  private Scratch scratch;

  @BeforeEach
  void openScratch() {
    scratch = Scratch.below(spark(), folder.resolve("scratch").toString());
  }

  @AfterEach
  void closeScratch() {
    scratch.close();
  }

  Scratch scratch() {
    return scratch;
  }

  @Override
  protected boolean interpreted() {
    return true;
  }
}
