package io.stratify.jobs.segments;

import io.stratify.common.config.CustomFeature;
import io.stratify.common.config.InputConfig;
import io.stratify.common.config.StratifyConfig;
import io.stratify.common.tables.CustomerDay;
import io.stratify.common.tables.CustomerFeatures;
import io.stratify.common.tables.Events;
import io.stratify.common.tables.Feature;
import io.stratify.common.tables.FeatureGroup;
import io.stratify.common.tables.Inputs;
import io.stratify.common.tables.OrderLines;
import io.stratify.common.tables.Orders;
import io.stratify.common.tables.Products;
import io.stratify.common.tables.UsageFeatures;
import io.stratify.jobs.conform.MappingText;
import io.stratify.jobs.features.FeatureSettings;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StringType;

/**
 * Tells whether a lens is the one that a segmentation was fitted with: what its configuration says,
 * and what its words mean. Another currency, or amounts in cents, makes other money of the same
 * tiers, another window another trend.
 */
final class LensHash {
  /** Features that mean something else than in earlier versions, with the number of the change. */
  private static final Map<String, Integer> MEANINGS =
      Map.of(
          UsageFeatures.SESSION_DEPTH.name(), 1, // without events that belong to no session
          UsageFeatures.SESSION_MINUTES.name(), 1);

  private LensHash() {}

  /** A short hash, the same on every machine. */
  static String of(StratifyConfig config, Lens lens) {
    String own = lens.configuration();
    String words = own + '\n' + lens.parameters() + '\n' + String.join("\n", lens.unsaid());
    StringBuilder text = new StringBuilder(own);
    for (CustomFeature custom : config.features().custom()) {
      if (names(words, custom.name())) {
        text.append('\n').append(custom.name()).append(" = ").append(custom.sql().sql());
        text.append(" of ").append(custom.table()).append(' ').append(custom.type());
      }
    }
    text.append('\n').append(mapping(config, words));
    String settings = FeatureSettings.unusual(config.features(), name -> names(words, name));
    text.append(settings.isEmpty() ? "" : "\n" + settings);
    new TreeMap<>(MEANINGS)
        .forEach((name, n) -> text.append(names(words, name) ? "\n" + name + " " + n : ""));
    return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring(0, 13);
  }

  /** How the numbers and times are mapped that the features of a lens are made of. */
  private static String mapping(StratifyConfig config, String words) {
    Set<String> read = read(config, words);
    return MappingText.ofAll(config)
        + config.inputs().values().stream()
            .filter(input -> read.contains(input.table()))
            .sorted(Comparator.comparing(InputConfig::table))
            .map(input -> MappingText.of(input, "", column -> isMeasured(input, column)))
            .collect(Collectors.joining());
  }

  /** The inputs that the features of a lens are made of, and those that these are made of. */
  private static Set<String> read(StratifyConfig config, String words) {
    Set<String> read = new HashSet<>();
    for (Feature f : CustomerFeatures.ALL) {
      if (names(words, f.name())) {
        read.add(f.input());
        if (f.group() == FeatureGroup.LIFECYCLE) { // counts days on which the customer did anything
          read.addAll(List.of(Orders.TABLE.name(), Events.TABLE.name()));
        }
      }
    }
    config.features().custom().stream()
        .filter(f -> names(words, f.name()))
        .forEach(f -> read.add(f.table()));
    if (read.contains(CustomerDay.TABLE.name())) {
      read.addAll(config.inputs().keySet());
    }
    List<String> bought =
        List.of(Orders.TABLE.name(), OrderLines.TABLE.name(), Products.TABLE.name());
    if (bought.stream().anyMatch(read::contains)) { // amounts may be those of any of them
      read.addAll(bought);
    }
    return read;
  }

  /**
   * A word more or another spelling of words is no reason to fit anew; one of a few, as the status
   * of an order, decides what counts.
   */
  private static boolean isMeasured(InputConfig input, String column) {
    return Inputs.find(input.table())
        .flatMap(table -> table.column(column))
        .filter(c -> !(c.type() instanceof StringType) || !c.allowed().isEmpty())
        .isPresent();
  }

  private static boolean names(String configuration, String feature) {
    return Pattern.compile("\\b" + feature + "\\b").matcher(configuration).find();
  }
}
