package io.stratify.jobs.demo;

import io.stratify.jobs.demo.Catalogue.Category;
import io.stratify.jobs.demo.Order.Line;
import io.stratify.jobs.demo.Persona.Basket;
import io.stratify.jobs.demo.Persona.Haggling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How one customer lives a persona: no two do it in the same way.
 *
 * @param gapDays mean days between orders
 * @param basket what the persona buys
 * @param price median price of a unit, in cents
 * @param categories categories this customer likes, the favourite first
 * @param discountChance share of orders with a discount
 * @param discountDepth mean discount of those
 * @param returnChance share of lines sent back
 */
record Taste(
    double gapDays,
    Basket basket,
    double price,
    List<Category> categories,
    double discountChance,
    double discountDepth,
    double returnChance) {

  static Taste of(Persona persona, Draws draws) {
    Basket basket = persona.basket();
    Haggling haggling = persona.haggling();
    return new Taste(
        draws.logNormal(persona.orders().gapDays(), 0.22),
        basket,
        draws.logNormal(100 * basket.price(), 0.25),
        liked(basket, draws),
        Math.min(0.98, draws.logNormal(haggling.discountChance(), 0.2)),
        haggling.discountDepth(),
        Math.min(0.6, draws.logNormal(haggling.returnChance(), 0.3)));
  }

  /** The lines of one order. */
  List<Line> basket(Draws draws) {
    boolean onOffer = draws.chance(discountChance);
    int count = 1 + Math.min(9, draws.poisson(basket.moreLines()));
    List<Line> lines = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      lines.add(line(i, onOffer, draws));
    }
    return lines;
  }

  private Line line(int number, boolean onOffer, Draws draws) {
    Category category = categories.get(draws.weighted(weights()));
    var product = Catalogue.nearest(category, draws.logNormal(price, basket.spread()));
    int quantity = draws.chance(0.85) ? 1 : draws.whole(2, 3);
    double off = onOffer ? discountDepth * draws.between(0.5, 1.5) : 0;
    return new Line(number, product, quantity, product.price(), Math.round(off * product.price()));
  }

  /** The favourite is bought a little more often than the next. */
  private double[] weights() {
    double[] weights = new double[categories.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1.0 / (2 + i);
    }
    return weights;
  }

  private static List<Category> liked(Basket basket, Draws draws) {
    List<Category> left = new ArrayList<>();
    Arrays.stream(Category.values())
        .filter(c -> c.premium() == basket.premium())
        .forEach(left::add);
    int count = draws.whole(basket.fewestCategories(), basket.mostCategories());
    List<Category> liked = new ArrayList<>(count);
    while (liked.size() < count) {
      liked.add(left.remove(draws.whole(0, left.size() - 1)));
    }
    return liked;
  }
}
