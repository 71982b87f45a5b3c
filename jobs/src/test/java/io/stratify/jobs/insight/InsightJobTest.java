package io.stratify.jobs.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class InsightJobTest {
  @Test
  void aShareIsOneOfRevenueAndNotOfALoss() {
    assertThat(share("25", "100")).isEqualTo(0.25);
    assertThat(share("-25", "100")).isEqualTo(-0.25);
    assertThat(share("25", "-100")).isNull();
    assertThat(share("25", "0.00")).isNull();
    assertThat(InsightJob.share(null, BigDecimal.TEN)).isNull();
    assertThat(InsightJob.share(BigDecimal.TEN, null)).isNull();
  }

  @Test
  void theSegmentsAreThoseThatHaveCustomers() {
    assertThat(new InsightJob.InsightResult(39, 819).sentence())
        .isEqualTo("819 figures on 39 segments with customers");
  }

  private static Double share(String revenue, String all) {
    return InsightJob.share(new BigDecimal(revenue), new BigDecimal(all));
  }
}
