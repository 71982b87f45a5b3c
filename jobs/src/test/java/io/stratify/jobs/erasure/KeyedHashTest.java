package io.stratify.jobs.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stratify.common.spark.SparkSuite;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyedHashTest extends SparkSuite {
  private static final String SECRET = "a key that nobody may ever see in a plan";
  private static final StructType BYTES = new StructType().add("m", DataTypes.BinaryType);

  /** A test case of RFC 4231; key and message in hexadecimal. */
  private record Vector(String name, String key, String message, String hash) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Vector> rfc4231() {
    String longKey = repeated(0xaa, 131);
    return Stream.of(
        new Vector(
            "1",
            repeated(0x0b, 20),
            ascii("Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        new Vector(
            "2: a key shorter than the hash",
            ascii("Jefe"),
            ascii("what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        new Vector(
            "3",
            repeated(0xaa, 20),
            repeated(0xdd, 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        new Vector(
            "4",
            "0102030405060708090a0b0c0d0e0f10111213141516171819",
            repeated(0xcd, 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        new Vector(
            "6: a key longer than a block",
            longKey,
            ascii("Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        new Vector(
            "7: key and message longer than a block",
            longKey,
            ascii(
                "This is a test using a larger than block-size key and a larger than block-size"
                    + " data. The key needs to be hashed before being used by the HMAC algorithm."),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"));
  }

  @ParameterizedTest
  @MethodSource("rfc4231")
  void javaAndSparkGiveTheHashesOfTheRfc(Vector vector) {
    KeyedHash hash = new KeyedHash(HexFormat.of().parseHex(vector.key()));
    byte[] bytes = HexFormat.of().parseHex(vector.message());
    assertThat(hash.of(bytes)).isEqualTo(vector.hash());
    Dataset<Row> message =
        spark().createDataFrame(List.of(RowFactory.create((Object) bytes)), BYTES);
    assertThat(message.select(hash.of(functions.col("m"))).first().getString(0))
        .isEqualTo(vector.hash());
  }

  @Test
  void javaAndSparkAgreeOnStrangeIds() {
    List<String> ids =
        List.of(
            "",
            " ",
            "12",
            "012",
            "Müller",
            "Mu\u0308ller",
            "客户-1",
            "\uD83E\uDD93",
            "a\u0000b",
            "a'b\"c\\",
            "x".repeat(63),
            "x".repeat(64),
            "x".repeat(65),
            "x".repeat(1000),
            "\n");
    KeyedHash hash = new KeyedHash(SECRET);
    List<Row> hashed =
        text("id", ids.stream().map(id -> RowFactory.create(id)).toArray(Row[]::new))
            .repartition(2)
            .select(functions.col("id"), hash.of(functions.col("id")))
            .collectAsList();
    assertThat(hashed).hasSize(ids.size());
    assertThat(hashed).allMatch(r -> r.getString(1).equals(hash.of(r.getString(0))));
    assertThat(hashed.stream().map(r -> r.getString(1)).distinct()).hasSize(ids.size());
  }

  @Test
  void nobodyHasNoHash() {
    Dataset<Row> nobody = text("id", RowFactory.create((Object) null));
    assertThat(nobody.select(new KeyedHash(SECRET).of(functions.col("id"))).first().isNullAt(0))
        .isTrue();
  }

  @Test
  void anotherKeyGivesAnotherHash() {
    assertThat(new KeyedHash(SECRET).of("12")).isNotEqualTo(new KeyedHash(SECRET + " ").of("12"));
  }

  @Test
  void noPlanShowsTheKeyOrAPad() {
    Dataset<Row> hashed =
        spark().range(3).select(new KeyedHash(SECRET).of(functions.col("id").cast("string")));
    hashed.collect();
    String shown =
        hashed.queryExecution().toString()
            + hashed.queryExecution().optimizedPlan().prettyJson()
            + Arrays.toString(hashed.columns());
    assertThat(shown).contains("inner_pad").contains("outer_pad");
    for (int with : new int[] {0, 0x36, 0x5c}) {
      byte[] key = SECRET.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < key.length; i++) {
        key[i] ^= (byte) with;
      }
      String start = HexFormat.of().formatHex(key, 0, 8);
      assertThat(shown.toLowerCase(java.util.Locale.ROOT)).doesNotContain(start);
      assertThat(shown).doesNotContain(new String(key, 0, 8, StandardCharsets.ISO_8859_1));
      assertThat(shown).doesNotContain(Arrays.toString(Arrays.copyOf(key, 8)).replace("]", ""));
    }
  }

  private static String ascii(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String repeated(int value, int times) {
    return HexFormat.of().toHexDigits((byte) value).repeat(times);
  }
}
