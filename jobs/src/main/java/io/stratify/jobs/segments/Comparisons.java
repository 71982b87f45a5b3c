package io.stratify.jobs.segments;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import scala.collection.JavaConverters;

/** Finds conditions that only compare columns with constants. */
final class Comparisons {
  private Comparisons() {}

  /** Adds the constants of a condition to the axes; false where it does anything else. */
  static boolean collect(Expression e, Map<String, RuleAxis> axes) {
    List<Expression> parts = JavaConverters.seqAsJavaList(e.children());
    if (e instanceof And || e instanceof Or || e instanceof Not) {
      return parts.stream().allMatch(p -> collect(p, axes));
    }
    if (e instanceof IsNull || e instanceof IsNotNull || e instanceof Attribute) {
      Attribute column = column(e instanceof Attribute ? e : parts.get(0));
      return column != null && axis(column, axes) != null;
    }
    if (e instanceof BinaryComparison || e instanceof In) {
      return !ordersTexts(e, parts) && comparison(parts, axes);
    }
    return e.foldable();
  }

  /** Between any two texts there are others, so that no few stand for all where order matters. */
  private static boolean ordersTexts(Expression e, List<Expression> parts) {
    return e instanceof BinaryComparison
        && !(e instanceof EqualTo || e instanceof EqualNullSafe)
        && parts.stream().anyMatch(p -> p.dataType() instanceof StringType);
  }

  private static boolean comparison(List<Expression> parts, Map<String, RuleAxis> axes) {
    Attribute column =
        parts.stream()
            .map(Comparisons::column)
            .filter(java.util.Objects::nonNull)
            .findFirst()
            .orElse(null);
    RuleAxis axis = column == null ? null : axis(column, axes);
    if (axis == null) {
      return false;
    }
    int columns = 0;
    for (Expression part : parts) {
      if (column(part) != null) {
        columns++;
      } else if (!part.foldable() || !constant(part, axis)) {
        return false;
      }
    }
    return columns == 1;
  }

  private static boolean constant(Expression part, RuleAxis axis) {
    Object value = part.eval(InternalRow.empty());
    return value == null || axis.add(value);
  }

  private static RuleAxis axis(Attribute column, Map<String, RuleAxis> axes) {
    return RuleAxis.fits(column.dataType())
        ? axes.computeIfAbsent(column.name(), n -> new RuleAxis(column.dataType()))
        : null;
  }

  /**
   * The column that a part is, perhaps as a wider number. One that is cut off stands for values
   * that its constants do not tell apart: 50.4 as a whole number is not above 50.
   */
  private static Attribute column(Expression part) {
    if (part instanceof Cast cast && widens(cast.child().dataType(), cast.dataType())) {
      return column(cast.child());
    }
    return part instanceof Attribute attribute ? attribute : null;
  }

  private static boolean widens(DataType from, DataType to) {
    if (!(from instanceof NumericType) || !(to instanceof NumericType)) {
      return false;
    }
    return to instanceof DoubleType || (!(to instanceof FloatType) && Cast.canUpCast(from, to));
  }
}
