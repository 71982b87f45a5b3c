package io.stratify.jobs.erasure;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unhex;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.types.DataTypes;

/**
 * HMAC-SHA256 (RFC 2104) of texts in UTF-8, in lower-case hexadecimal. Without the key nobody can
 * find an id by hashing every id there may be, as with a plain hash.
 */
public final class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final byte[] key;

  /** Hashes under this key. */
  public KeyedHash(String secret) {
    this(secret.getBytes(StandardCharsets.UTF_8));
  }

  KeyedHash(byte[] key) {
    this.key = key.clone();
  }

  /** The hash of a text. */
  public String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  String of(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(message));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot hash: this Java has no " + ALGORITHM, e);
    }
  }

  /** The hash of every value of a text column; null for null. */
  public Column of(Column text) {
    Column inner = sha2(concat(pad("inner_pad", INNER), text.cast(DataTypes.BinaryType)), 256);
    return sha2(concat(pad("outer_pad", OUTER), unhex(inner)), 256);
  }

  /**
   * A pad of the RFC: the key, filled up to a block, each byte xor a constant. Whoever sees it
   * knows the key, and a literal is printed with every plan: in logs, in errors, in the Spark UI. A
   * function without arguments is printed by its name only, and Spark does not fold it into a
   * literal.
   */
  private Column pad(String name, byte with) {
    byte[] pad = Arrays.copyOf(key.length > BLOCK ? sha256(key) : key, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      pad[i] ^= with;
    }
    UDF0<byte[]> value = () -> pad;
    return udf(value, DataTypes.BinaryType).withName(name).apply();
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot hash: this Java has no SHA-256", e);
    }
  }
}
