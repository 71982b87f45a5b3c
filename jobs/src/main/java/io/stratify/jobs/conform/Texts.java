package io.stratify.jobs.conform;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.JavaConverters;

/**
 * What nearly every text needs, as code that generated code calls as it is: the functions of SQL
 * would look at both ends once for every kind of blank, and take each time apart in every way that
 * a time can be written.
 */
public final class Texts {
  /** Blanks around a value come from files and spreadsheets, and are not part of it. */
  private static final UTF8String BLANKS = UTF8String.fromString(" \t\r\n\u00a0");

  /** The bytes of a no-break space in UTF-8. */
  private static final byte FIRST_OF_NBSP = (byte) 0xC2;

  private static final byte LAST_OF_NBSP = (byte) 0xA0;

  private static final String SHAPE = "0000-00-00 00:00:00";
  private static final int LENGTH = SHAPE.length();
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private Texts() {}

  /** The text of a column without the blanks around it; null where nothing is left. */
  static Column trimmed(Column text) {
    return call("trimmed", DataTypes.StringType, text);
  }

  private static Column call(String method, DataType type, Column text) {
    return new Column(
        new StaticInvoke(
            Texts.class,
            type,
            method,
            JavaConverters.asScalaBuffer(List.of(text.expr())).toSeq(),
            JavaConverters.asScalaBuffer(List.<AbstractDataType>of()).toSeq(),
            true,
            true,
            true));
  }

  /** Called by generated code. */
  public static UTF8String trimmed(UTF8String text) {
    int bytes = text.numBytes();
    if (bytes == 0) {
      return null;
    }
    if (mayBeBlank(byteAt(text, 0), FIRST_OF_NBSP)
        || mayBeBlank(byteAt(text, bytes - 1), LAST_OF_NBSP)) {
      UTF8String rest = text.trim(BLANKS);
      return rest.numBytes() == 0 ? null : rest;
    }
    return text;
  }

  /** The time in UTC that a text of the most usual shape tells; null for any other text. */
  static Column usualTime(Column text) {
    return call("usualTime", DataTypes.TimestampType, text);
  }

  /**
   * Called by generated code.
   *
   * @return microseconds since 1970 where the text is {@code yyyy-MM-dd HH:mm:ss}, also with a
   *     {@code T} between day and time, and such a time exists; else null
   */
  public static Long usualTime(UTF8String text) {
    if (text.numBytes() != LENGTH || !hasShape(text)) {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    int second = (number(text, 11, 2) * 60 + number(text, 14, 2)) * 60 + number(text, 17, 2);
    if (month < 1
        || month > 12
        || day < 1
        || day > YearMonth.of(year, month).lengthOfMonth()
        || number(text, 11, 2) > 23
        || number(text, 14, 2) > 59
        || number(text, 17, 2) > 59) {
      return null;
    }
    return (LocalDate.of(year, month, day).toEpochDay() * SECONDS_PER_DAY + second)
        * MICROS_PER_SECOND;
  }

  private static boolean hasShape(UTF8String text) {
    for (int i = 0; i < LENGTH; i++) {
      byte here = byteAt(text, i);
      byte wanted = (byte) SHAPE.charAt(i);
      boolean fits =
          switch (wanted) {
            case '0' -> here >= '0' && here <= '9';
            case ' ' -> here == ' ' || here == 'T';
            default -> here == wanted;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int number(UTF8String text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      number = number * 10 + byteAt(text, i) - '0';
    }
    return number;
  }

  private static byte byteAt(UTF8String text, int at) {
    return Platform.getByte(text.getBaseObject(), text.getBaseOffset() + at);
  }

  private static boolean mayBeBlank(byte end, byte ofNbsp) {
    return end == ' ' || end == '\t' || end == '\r' || end == '\n' || end == ofNbsp;
  }
}
