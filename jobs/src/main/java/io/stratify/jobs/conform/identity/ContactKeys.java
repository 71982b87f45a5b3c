package io.stratify.jobs.conform.identity;

import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.stratify.common.tables.Identities;
import org.apache.spark.sql.Column;

/**
 * Makes keys comparable, and takes what identifies a person out of them: e-mail addresses and phone
 * numbers become their SHA-256. Sources that hash themselves give the hash.
 */
public final class ContactKeys {
  /** Kind of an e-mail address. */
  public static final String EMAIL = "email";

  /** Kind of a phone number. */
  public static final String PHONE = "phone";

  /** Kind of a row of a link table: the value is the id of another customer. */
  public static final String CUSTOMER = Identities.CUSTOMER;

  private static final int FEWEST_DIGITS = 5;

  /** What people and systems leave around a value: all spaces of Unicode, and invisible marks. */
  private static final String AROUND =
      "\t\n\u000B\f\r\u001C\u001D\u001E\u001F \u0085\u00A0\u00AD\u1680\u2000\u2001\u2002\u2003"
          + "\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u200B\u200C\u200D\u200E\u200F\u2028\u2029"
          + "\u202F\u205F\u2060\u3000\uFEFF";

  private ContactKeys() {}

  /** The kind as it is compared: {@code " Email"} is {@code email}. */
  public static Column kind(Column kind) {
    return lower(trim(kind, AROUND));
  }

  /** The value as it is kept and compared; null where it can be no key. */
  public static Column value(Column kind, Column value) {
    Column trimmed = trim(value, AROUND);
    Column text = lower(trimmed);
    Column digits = digits(trimmed);
    Column contact = isKind(kind, EMAIL).or(isKind(kind, PHONE));
    return when(contact.and(isDigest(text)), text)
        .when(isKind(kind, EMAIL), when(isAddress(text), sha2(text, 256)))
        .when(isKind(kind, PHONE), when(isNumber(digits), sha2(digits, 256)))
        .when(trimmed.notEqual(""), trimmed);
  }

  /**
   * Why the value can be no key, in words that do not repeat it; null where it can, or is missing.
   *
   * @param key what {@link #value} makes of it
   */
  public static Column problem(Column kind, Column value, Column key) {
    Column unusable = value.isNotNull().and(key.isNull());
    Column blank = trim(value, AROUND).equalTo("");
    return when(unusable.and(blank), lit("value is blank"))
        .when(unusable.and(isKind(kind, EMAIL)), lit("value is not an e-mail address"))
        .when(
            unusable.and(isKind(kind, PHONE)),
            lit("value is not a phone number: it has fewer than " + FEWEST_DIGITS + " digits"));
  }

  private static Column isKind(Column kind, String expected) {
    return kind(kind).equalTo(expected);
  }

  private static Column isDigest(Column text) {
    return text.rlike("^[0-9a-f]{32,128}$");
  }

  private static Column isAddress(Column text) {
    return text.like("_%@_%");
  }

  private static Column isNumber(Column digits) {
    return length(digits).geq(FEWEST_DIGITS);
  }

  /** Abroad 00 is dialled for the plus sign. */
  private static Column digits(Column text) {
    return regexp_replace(regexp_replace(text, "[^0-9]", ""), "^00", "");
  }
}
