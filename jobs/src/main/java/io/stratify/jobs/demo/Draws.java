package io.stratify.jobs.demo;

/**
 * Random numbers for one purpose of one customer. They depend on nothing else (SplitMix64 and
 * {@link StrictMath}), so that neither partitions nor the Java version change a row.
 */
final class Draws {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  Draws(long seed, long customer, Stream stream) {
    long start = mix(seed + GOLDEN_GAMMA);
    start = mix(start ^ (customer + 1) * GOLDEN_GAMMA);
    this.state = mix(start + stream.salt * GOLDEN_GAMMA);
  }

  /** What the numbers are for: a stream more leaves the numbers of the others as they are. */
  enum Stream {
    CATALOGUE(0),
    PROFILE(1),
    PEOPLE(2),
    PURCHASES(3),
    VISITS(4),
    DIRT(5),
    PERSON(6),
    COMPANY(7),
    CONSENT(8),
    MEMBERSHIP(9),
    SUPPORT(10),
    CAMPAIGN(11),
    SURVEY(12),
    FEEDBACK(13),
    EXPERIMENT(14),
    CURRENCY(15);

    private final int salt;

    Stream(int salt) {
      this.salt = salt;
    }
  }

  /** At least 0 and below 1. */
  double uniform() {
    state += GOLDEN_GAMMA;
    return (mix(state) >>> 11) * 0x1.0p-53;
  }

  /** At least {@code low} and below {@code high}. */
  double between(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** A whole number from {@code low} to {@code high}, both included. */
  int whole(int low, int high) {
    return low + (int) (uniform() * (high - low + 1));
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * Math.PI * uniform());
  }

  double logNormal(double median, double sigma) {
    return median * StrictMath.exp(sigma * gaussian());
  }

  double exponential(double mean) {
    return -mean * StrictMath.log(1 - uniform());
  }

  /** Gamma by its mean: a sum of {@code shape} exponentials, the more the more regular. */
  double gamma(int shape, double mean) {
    double sum = 0;
    for (int i = 0; i < shape; i++) {
      sum += exponential(mean / shape);
    }
    return sum;
  }

  int poisson(double mean) {
    double limit = StrictMath.exp(-mean);
    int events = 0;
    for (double product = uniform(); product > limit; product *= uniform()) {
      events++;
    }
    return events;
  }

  @SafeVarargs
  final <T> T pick(T... values) {
    return values[whole(0, values.length - 1)];
  }

  /** A position, the likelier the greater its weight. */
  int weighted(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = uniform() * sum;
    for (int i = 0; i < weights.length - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
