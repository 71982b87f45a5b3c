package io.stratify.jobs.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.config.ConsentConfig;
import io.stratify.jobs.Defaults;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConformNoticesTest {
  @Test
  void aPurposeOfWhichNoConsentTellsIsAnotherWordForIt() {
    ConsentConfig consent =
        Defaults.config(
                Map.of("consent.purpose", "\" analitics \"", "consent.without-decision", "granted"))
            .consent();
    assertThat(ConformNotices.ofPurposes(List.of("analytics", "marketing"), consent))
        .contains(
            "no consent is about analitics (consent.purpose), so that consent.without-decision ="
                + " granted holds for everybody; consents are about analytics, marketing");
    assertThat(ConformNotices.ofPurposes(List.of("Analitics", "marketing"), consent)).isEmpty();
    assertThat(ConformNotices.ofPurposes(List.of(), consent)).as("no consent at all").isEmpty();
  }
}
