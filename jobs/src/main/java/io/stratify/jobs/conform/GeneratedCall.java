package io.stratify.jobs.conform;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;
import scala.collection.JavaConverters;

/** Calls from generated code to an object that every task has of its own. */
final class GeneratedCall {
  private GeneratedCall() {}

  /**
   * A call for its effect, exactly once for every row that is computed: Spark neither repeats nor
   * leaves out what it takes for chance.
   *
   * @param target of a public class
   * @param arguments never null: instead of a null arrives what the row before left there
   */
  static Column of(Serializable target, String method, DataType type, List<Column> arguments) {
    return call(target, method, type, arguments, false);
  }

  /** A call for its value only, null where an argument is null. */
  static Column ofValue(Serializable target, String method, DataType type, Column argument) {
    return call(target, method, type, List.of(argument), true);
  }

  private static Column call(
      Serializable target, String method, DataType type, List<Column> arguments, boolean pure) {
    List<Expression> expressions = arguments.stream().map(Column::expr).toList();
    return new Column(
        new Invoke(
            Literal.fromObject(target, new ObjectType(target.getClass())),
            method,
            type,
            JavaConverters.asScalaBuffer(expressions).toSeq(),
            JavaConverters.asScalaBuffer(List.<AbstractDataType>of()).toSeq(),
            pure,
            true,
            pure));
  }
}
