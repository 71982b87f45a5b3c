package io.stratify.jobs.segments;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;

/** The constants that conditions compare one column with. */
final class RuleAxis {
  /** Stands for every text that no condition names. */
  static final String ANY_OTHER = "\u0001";

  private final DataType type;
  private final TreeSet<String> texts = new TreeSet<>();
  private final TreeSet<BigDecimal> numbers = new TreeSet<>();

  RuleAxis(DataType type) {
    this.type = type;
  }

  /** Whether columns of a type have axes. */
  static boolean fits(DataType type) {
    return type instanceof IntegerType
        || type instanceof LongType
        || type instanceof DoubleType
        || type instanceof DecimalType
        || type instanceof StringType
        || type instanceof BooleanType;
  }

  /** Adds a constant; false where it is of another kind than the column. */
  boolean add(Object constant) {
    if (type instanceof StringType) {
      texts.add(constant.toString());
      return true;
    }
    if (type instanceof BooleanType) {
      return constant instanceof Boolean;
    }
    try {
      numbers.add(new BigDecimal(constant.toString()).stripTrailingZeros());
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Values that stand for all that the column can have, null among them. */
  List<Object> values() {
    List<Object> values = new ArrayList<>();
    if (type instanceof StringType) {
      values.addAll(texts);
      values.add(ANY_OTHER);
    } else if (type instanceof BooleanType) {
      values.addAll(List.of(true, false));
    } else {
      candidates().forEach(n -> values.add(typed(n)));
    }
    List<Object> all = new ArrayList<>(new LinkedHashSet<>(values));
    all.add(null);
    return all;
  }

  private boolean whole() {
    return type instanceof IntegerType || type instanceof LongType;
  }

  private Set<BigDecimal> candidates() {
    TreeSet<BigDecimal> all = new TreeSet<>();
    if (numbers.isEmpty()) {
      all.add(BigDecimal.ZERO);
      return all;
    }
    for (BigDecimal n : numbers) {
      BigDecimal below = n.setScale(0, RoundingMode.FLOOR);
      if (whole()) {
        all.addAll(
            Arrays.asList(
                below.subtract(BigDecimal.ONE),
                below,
                below.add(BigDecimal.ONE),
                n.setScale(0, RoundingMode.CEILING)));
      } else {
        all.add(n);
        BigDecimal next = numbers.higher(n);
        if (next != null) {
          all.add(n.add(next).divide(BigDecimal.valueOf(2)));
        }
      }
    }
    all.add(numbers.first().subtract(BigDecimal.ONE));
    all.add(numbers.last().add(BigDecimal.ONE));
    return all;
  }

  private Object typed(BigDecimal n) {
    if (type instanceof IntegerType) {
      return n.setScale(0, RoundingMode.FLOOR).intValue();
    }
    if (type instanceof LongType) {
      return n.setScale(0, RoundingMode.FLOOR).longValue();
    }
    return type instanceof DoubleType ? (Object) n.doubleValue() : n;
  }
}
