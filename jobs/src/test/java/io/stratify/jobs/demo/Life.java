package io.stratify.jobs.demo;

import io.stratify.jobs.demo.Order.State;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What one customer does, without Spark. */
record Life(Profile who, List<Order> orders, List<Visit> visits) {
  static List<Life> of(DemoSpec spec) {
    return LongStream.range(0, spec.customers()).mapToObj(i -> of(spec, i)).toList();
  }

  static Life of(DemoSpec spec, long index) {
    Profile who = Profile.of(spec, index);
    return new Life(who, Purchases.of(spec, who), Visit.of(spec, who));
  }

  /** The life from a day up to but not including another. */
  Life between(int from, int to) {
    return new Life(
        who,
        orders.stream().filter(o -> o.day() >= from && o.day() < to).toList(),
        visits.stream().filter(v -> v.day() >= from && v.day() < to).toList());
  }

  int days() {
    return who.end() - who.registered();
  }

  int paid() {
    return (int) orders.stream().filter(o -> o.state() == State.PAID).count();
  }

  double averageOrder() {
    return money(State.PAID) / (double) paid();
  }

  double linesPerOrder() {
    return orders.stream()
        .filter(o -> o.state() == State.PAID)
        .mapToInt(o -> o.lines().size())
        .average()
        .orElse(0);
  }

  double returnShare() {
    return -money(State.REFUND) / (double) money(State.PAID);
  }

  double discountShare() {
    long discount = orders.stream().mapToLong(Order::discount).sum();
    return discount / (double) (discount + money(State.PAID));
  }

  int categories() {
    return orders.stream()
        .flatMap(o -> o.lines().stream())
        .map(line -> line.product().category())
        .collect(Collectors.toSet())
        .size();
  }

  double eventsPerVisit() {
    return visits.stream().mapToInt(v -> v.events().size()).average().orElse(0);
  }

  private long money(State state) {
    return orders.stream().filter(o -> o.state() == state).mapToLong(Order::total).sum();
  }

  static double mean(List<Life> lives, Predicate<Life> some, ToDoubleFunction<Life> figure) {
    return lives.stream().filter(some).mapToDouble(figure).average().orElseThrow();
  }

  /**
   * Sarle's coefficient, from the skewness and the kurtosis: 1/3 for a normal distribution, 5/9 for
   * a uniform one, and 1 for two values.
   */
  static double bimodality(List<Life> lives, ToDoubleFunction<Life> figure) {
    double[] values = lives.stream().mapToDouble(figure).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = moment(values, mean, 2);
    double skewness = moment(values, mean, 3) / Math.pow(variance, 1.5);
    return (skewness * skewness + 1) / (moment(values, mean, 4) / (variance * variance));
  }

  private static double moment(double[] values, double mean, int power) {
    return Arrays.stream(values).map(v -> Math.pow(v - mean, power)).average().orElseThrow();
  }
}
