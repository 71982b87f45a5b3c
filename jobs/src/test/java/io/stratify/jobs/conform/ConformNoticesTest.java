package io.stratify.jobs.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.ConsentConfig;
import io.stratify.common.spark.SparkSuite;
import io.stratify.common.tables.Consents;
import io.stratify.jobs.Defaults;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class ConformNoticesTest extends SparkSuite {
  @Override
  protected boolean interpreted() {
    return true;
  }

  @Test
  void aPurposeOfWhichNoConsentTellsIsAnotherWordForIt() {
    assertThat(said("analytics", "marketing"))
        .contains(
            "no consent is about analitics (consent.purpose), so that consent.without-decision ="
                + " granted holds; what they are about: ./stratify query \"SELECT DISTINCT purpose"
                + " FROM consents\"");
    assertThat(said("marketing", "Analitics")).isEmpty();
    assertThat(said()).as("no consent at all").isEmpty();
  }

  private Optional<String> said(String... purposes) {
    ConsentConfig consent =
        Defaults.config(
                Map.of("consent.purpose", "\" analitics \"", "consent.without-decision", "granted"))
            .consent();
    Dataset<Row> consents =
        text(
            Consents.PURPOSE.name(),
            Arrays.stream(purposes).map(purpose -> RowFactory.create(purpose)).toArray(Row[]::new));
    return ConformNotices.ofPurpose(consents, consent);
  }
}
