package io.stratify.jobs.erasure;

import static org.apache.spark.sql.functions.udf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stratify.common.io.SourceReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * The values in a source row that is kept as JSON, each as an id might be written: any text or
 * number at any depth, whole. 120 is not 12, and neither is a date with a 12 in it.
 */
public final class RowValues {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern AROUND = Pattern.compile("^[\\s\\p{Z}\\p{C}]+|[\\s\\p{Z}\\p{C}]+$");
  private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}\\p{C},;|\"'{}\\[\\]:=<>^~#]+");

  /** An id may have separators in it, as FR|77 has, or end in them, as what is base64 does. */
  private static final int PIECES = 4;

  private static final Pattern WHOLE_NUMBER_AS_FRACTION = Pattern.compile("-?\\d{1,18}\\.0+");

  private RowValues() {}

  /** The values of every row, as an array of texts; null for null. */
  public static Column of(Column json) {
    UDF1<String, String[]> values = row -> row == null ? null : in(row).toArray(String[]::new);
    return udf(values, DataTypes.createArrayType(DataTypes.StringType))
        .withName("values_of_row")
        .apply(json);
  }

  /** The values of one row. */
  static Set<String> in(String row) {
    Set<String> values = new TreeSet<>();
    if (!addAll(values, row)) {
      // Not a whole row: what stands between separators may be an id.
      addParts(values, row);
    }
    return values;
  }

  /** Adds the values of a JSON text, as far as it is one; says whether it is one to the end. */
  private static boolean addAll(Set<String> values, String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && SourceReader.CORRUPT.equals(parser.currentName())) {
          addParts(values, parser.getText());
        } else if (token == JsonToken.VALUE_STRING) {
          addText(values, parser.getText());
        } else if (token.isNumeric()) {
          addNumber(values, parser.getText());
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void addParts(Set<String> values, String line) {
    List<MatchResult> between = BETWEEN.matcher(line).results().toList();
    for (int i = -1; i < between.size(); i++) {
      int from = i < 0 ? 0 : between.get(i).end();
      for (int j = i + 1; j <= Math.min(i + PIECES, between.size()); j++) {
        int to = j == between.size() ? line.length() : between.get(j).start();
        addText(values, line.substring(from, to));
        int padded = to;
        while (padded < line.length() && line.charAt(padded) == '=') {
          padded++;
          addText(values, line.substring(from, padded));
        }
      }
    }
  }

  /** Files of spreadsheets write the id 17850 as 17850.0; some columns hold JSON themselves. */
  private static void addText(Set<String> values, String text) {
    String value = AROUND.matcher(text).replaceAll("");
    values.add(value);
    if (value.startsWith("{") || value.startsWith("[")) {
      addAll(values, value);
    }
    if (WHOLE_NUMBER_AS_FRACTION.matcher(value).matches()) {
      values.add(value.substring(0, value.indexOf('.')));
    }
  }

  /** A number may be written in many ways; an id is the whole number. */
  private static void addNumber(Set<String> values, String number) {
    addText(values, number);
    BigDecimal value = new BigDecimal(number);
    if (Math.abs((long) value.scale()) <= 18 && value.stripTrailingZeros().scale() <= 0) {
      values.add(value.toBigInteger().toString());
    }
  }
}
