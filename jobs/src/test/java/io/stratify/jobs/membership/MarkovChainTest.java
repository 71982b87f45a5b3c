package io.stratify.jobs.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarkovChainTest {
  @Test
  void sharesFollowTheMoves() {
    // Of 100 in a 90 stay, of 100 in b 80 stay; then 110 are in a and 90 in b.
    MarkovChain chain =
        MarkovChain.of(new long[][] {{90, 10}, {20, 80}}, new long[] {110, 90}).orElseThrow();
    assertThat(chain.next()[0]).isCloseTo(0.55 * 0.9 + 0.45 * 0.2, within(1e-12));
    // Balance: a * 0.1 = b * 0.2.
    assertThat(chain.steady()[0]).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(chain.steady()[1]).isCloseTo(1.0 / 3, within(1e-9));
  }

  @Test
  void whoGoesInCirclesIsEverywhereAlike() {
    MarkovChain chain =
        MarkovChain.of(new long[][] {{0, 7}, {7, 0}}, new long[] {7, 7}).orElseThrow();
    assertThat(chain.steady()).containsExactly(new double[] {0.5, 0.5}, within(1e-9));
  }

  @Test
  void closedSegmentsKeepWhatTheyHave() {
    MarkovChain chain =
        MarkovChain.of(new long[][] {{5, 0}, {0, 15}}, new long[] {5, 15}).orElseThrow();
    assertThat(chain.steady()).containsExactly(new double[] {0.25, 0.75}, within(1e-9));
  }

  @Test
  void aSegmentInWhichNobodyWasSaysNothing() {
    assertThat(MarkovChain.of(new long[][] {{5, 5}, {0, 0}}, new long[] {5, 5})).isEmpty();
  }

  @Test
  void theSteadyStateIsOneWhateverTheMoves() {
    Random random = new Random(9);
    for (int round = 0; round < 100; round++) {
      int k = 2 + random.nextInt(8);
      long[][] moves = new long[k][k];
      long[] now = new long[k];
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
          moves[i][j] = 1L + random.nextInt(1000);
          now[j] += moves[i][j];
        }
      }
      MarkovChain chain = MarkovChain.of(moves, now).orElseThrow();
      double[] steady = chain.steady();
      assertThat(Arrays.stream(steady).sum()).isCloseTo(1, within(1e-9));
      double[] again = new MarkovChain(steady, chain.transition()).next();
      for (int i = 0; i < k; i++) {
        assertThat(again[i]).isCloseTo(steady[i], within(1e-9));
      }
    }
  }
}
