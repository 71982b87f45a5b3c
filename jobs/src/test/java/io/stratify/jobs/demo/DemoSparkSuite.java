package io.stratify.jobs.demo;

import io.stratify.common.spark.SparkSuite;

/** The one session, for tests of the demo. */
abstract class DemoSparkSuite extends SparkSuite {}
