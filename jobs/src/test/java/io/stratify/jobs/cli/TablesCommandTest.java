package io.stratify.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TablesCommandTest {
  @Test
  void tablesThatAreNamedArePrintedAlone() {
    Cli.Result some = Cli.run(List.of("tables", "segment_kpi", "publication"));
    assertThat(some.exit()).isZero();
    assertThat(some.out().lines().filter(l -> l.matches("[a-z_]+: .*")))
        .extracting(l -> l.substring(0, l.indexOf(':')))
        .containsExactly("segment_kpi", "publication");
  }

  @Test
  void anUnknownTableIsRefusedBeforeAnythingIsPrinted() {
    Cli.Result unknown = Cli.run(List.of("tables", "publication", "customer_feature"));
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("There is no table customer_feature. Did you mean customer_features?");
    assertThat(unknown.out()).isEmpty();
  }
}
