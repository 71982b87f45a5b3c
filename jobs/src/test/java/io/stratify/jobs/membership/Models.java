package io.stratify.jobs.membership;

import io.stratify.jobs.segments.CentreModel;
import io.stratify.jobs.segments.Preparation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Models of centres drawn at random, and customers for them. */
final class Models {
  static final int FEATURES = 7;

  private Models() {}

  /** A model over features that are winsorised, partly log-transformed and scaled. */
  static CentreModel random(Random random, int k) {
    List<Preparation.Scale> scales = new ArrayList<>();
    for (int j = 0; j < FEATURES; j++) {
      double low = random.nextDouble() * 10;
      scales.add(
          new Preparation.Scale(
              "feature_" + j,
              low,
              low + 1 + random.nextDouble() * 1000,
              low + 1,
              random.nextBoolean(),
              random.nextDouble() * 5,
              0.1 + random.nextDouble() * 20));
    }
    return new CentreModel(
        new Preparation(scales),
        IntStream.range(0, k).mapToObj(c -> random.doubles(FEATURES, -2, 2).toArray()).toList(),
        IntStream.range(0, k).mapToObj(c -> "s" + c).toList());
  }

  /** A customer; one feature in ten is missing, and some lie beyond the winsorising bounds. */
  static double[] customer(Random random) {
    return IntStream.range(0, FEATURES)
        .mapToDouble(j -> random.nextInt(10) == 0 ? Double.NaN : -20 + random.nextDouble() * 1500)
        .toArray();
  }

  /** How much nearer (squared) a customer is to one centre than to another, to the last digit. */
  static double margin(CentreModel model, double[] raw, String segment, String other) {
    return square(model, raw, other).subtract(square(model, raw, segment)).doubleValue();
  }

  private static BigDecimal square(CentreModel model, double[] raw, String segment) {
    double[] x = model.preparation().apply(raw);
    double[] centre = model.centres().get(model.segmentIds().indexOf(segment));
    return IntStream.range(0, x.length)
        .mapToObj(j -> new BigDecimal(x[j]).subtract(new BigDecimal(centre[j])).pow(2))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
