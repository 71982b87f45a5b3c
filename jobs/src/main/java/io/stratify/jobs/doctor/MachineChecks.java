package io.stratify.jobs.doctor;

import io.stratify.jobs.doctor.Finding.Answer;
import java.util.Locale;
import scala.util.Properties;

/** Checks of Java, of the versions of Spark and Delta, and of the memory. */
final class MachineChecks {
  private static final int JAVA = 17;
  private static final String SPARK = "3.5.";
  private static final String DELTA = "3.3.";
  private static final String SCALA = "2.12.";
  private static final long MB = 1L << 20;
  private static final long LEAST_HEAP_MB = 900;

  private MachineChecks() {}

  static Answer java(int feature, String version) {
    if (feature == JAVA) {
      return Answer.ok(version);
    }
    String found = "Java " + version + "; Stratify is built and tested for 17. ";
    return feature < JAVA
        ? Answer.fails(found + "Install a JDK 17 and set JAVA_HOME")
        : Answer.look(found + "If Spark fails within Java itself, set JAVA_HOME to a JDK 17");
  }

  static Answer spark() {
    String spark = org.apache.spark.package$.MODULE$.SPARK_VERSION();
    return versions(spark, io.delta.package$.MODULE$.VERSION(), Properties.versionNumberString());
  }

  static Answer versions(String spark, String delta, String scala) {
    String found = String.format("Spark %s, Delta %s, Scala %s", spark, delta, scala);
    return spark.startsWith(SPARK) && delta.startsWith(DELTA) && scala.startsWith(SCALA)
        ? Answer.ok(found)
        : Answer.fails(
            found
                + "; Stratify needs Spark 3.5 with Scala 2.12 and Delta 3.3. Set SPARK_HOME to such"
                + " a Spark, or unset it");
  }

  static Answer memory(long maxBytes) {
    long mb = maxBytes / MB;
    String found = String.format(Locale.ROOT, "heap of the driver up to %,d MB", mb);
    return mb >= LEAST_HEAP_MB
        ? Answer.ok(found)
        : Answer.look(found + "; the demo needs 1 GB. Set STRATIFY_HEAP, e.g. to 4g");
  }
}
