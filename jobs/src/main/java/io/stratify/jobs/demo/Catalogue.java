package io.stratify.jobs.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The products of the shop: the same in every warehouse. */
final class Catalogue {
  private static final int PRODUCTS_PER_CATEGORY = 17;
  private static final String[] LINES = {"Basic", "Classic", "Comfort", "Select", "Prime"};

  /** Every product, by category and then by price. */
  static final List<Product> PRODUCTS = products();

  private static final Map<Category, List<Product>> BY_CATEGORY =
      PRODUCTS.stream().collect(Collectors.groupingBy(Product::category));

  private Catalogue() {}

  /** A category with its median price in cents and what a product of it is called. */
  enum Category {
    FURNITURE("Furniture", true, 42_000, "Sofa", "Table", "Wardrobe", "Bed"),
    ELECTRONICS("Electronics", true, 38_000, "Laptop", "Camera", "Television", "Phone"),
    APPLIANCES("Appliances", true, 46_000, "Oven", "Dishwasher", "Fridge", "Dryer"),
    CYCLING("Cycling", true, 52_000, "City bike", "Road bike", "E-bike", "Cargo bike"),
    FASHION("Fashion", false, 2_900, "Shirt", "Jeans", "Jacket", "Dress"),
    SHOES("Shoes", false, 3_900, "Sneaker", "Boot", "Sandal", "Loafer"),
    BEAUTY("Beauty", false, 1_500, "Cream", "Perfume", "Serum", "Mask"),
    BOOKS("Books", false, 1_400, "Novel", "Cookbook", "Atlas", "Biography"),
    TOYS("Toys", false, 1_900, "Puzzle", "Train", "Doll", "Game"),
    KITCHEN("Kitchen", false, 2_400, "Pan", "Knife", "Kettle", "Bowl"),
    GARDEN("Garden", false, 2_600, "Spade", "Hose", "Planter", "Lantern"),
    SPORTS("Sports", false, 3_000, "Ball", "Mat", "Racket", "Backpack");

    private final String title;
    private final boolean premium;
    private final double medianCents;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which is immutable
    private final List<String> things;

    Category(String title, boolean premium, double medianCents, String... things) {
      this.title = title;
      this.premium = premium;
      this.medianCents = medianCents;
      this.things = List.of(things);
    }

    String title() {
      return title;
    }

    boolean premium() {
      return premium;
    }
  }

  /** A product; money is in cents. */
  record Product(String sku, String title, Category category, long price, long cost) {}

  /** The product of a category whose price is nearest to what a customer has in mind. */
  static Product nearest(Category category, double cents) {
    Product best = null;
    for (Product product : BY_CATEGORY.get(category)) {
      if (best == null || Math.abs(product.price() - cents) < Math.abs(best.price() - cents)) {
        best = product;
      }
    }
    return best;
  }

  private static List<Product> products() {
    List<Product> products = new ArrayList<>();
    int first = 1001;
    for (Category category : Category.values()) {
      Draws draws = new Draws(1, first, Draws.Stream.CATALOGUE);
      for (int i = 0; i < PRODUCTS_PER_CATEGORY; i++) {
        products.add(product(category, first + i, draws));
      }
      first += 1000;
    }
    products.sort(Comparator.comparing(Product::category).thenComparing(Product::price));
    return List.copyOf(products);
  }

  private static Product product(Category category, int number, Draws draws) {
    long price = Math.round(draws.logNormal(category.medianCents, 0.6) / 100) * 100 + 99;
    long cost = Math.round(price * draws.between(0.45, 0.75));
    String sku = Text.numbered("SKU-", number, 5);
    String title = category.things.get(number % category.things.size()) + " " + draws.pick(LINES);
    return new Product(sku, title + " " + number % 1000, category, price, cost);
  }
}
