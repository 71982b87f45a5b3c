package io.stratify.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class KeyedTest {
  @Test
  void fewAndManyKeysAreSummedAndInTheirOrder() {
    for (int distinct : new int[] {1, 3, 1023, 1024, 1025, 5000}) {
      Random random = new Random(7);
      Keyed keyed = new Keyed(Integer.MAX_VALUE);
      TreeMap<UTF8String, Long> expected = new TreeMap<>();
      for (int i = 0; i < 20_000; i++) {
        UTF8String key = key(random.nextInt(distinct));
        keyed.add(key, i);
        expected.merge(key, (long) i, Long::sum);
        if (i == 9_000) { // read before the last is there
          assertThat(keyed.key(0)).isEqualTo(expected.firstKey());
        }
      }
      assertThat(keyed.size()).isEqualTo(expected.size());
      int place = 0;
      for (var e : expected.entrySet()) {
        assertThat(keyed.has(e.getKey())).isTrue();
        assertThat(keyed.get(e.getKey())).isEqualTo(e.getValue());
        assertThat(keyed.key(place)).isEqualTo(e.getKey());
        assertThat(keyed.value(place)).isEqualTo(e.getValue());
        place++;
      }
      assertThat(keyed.has(key(distinct))).isFalse();
      assertThat(keyed.map().numElements()).isEqualTo(expected.size());
      assertThat(keyed.map().keyArray().getUTF8String(0)).isEqualTo(expected.firstKey());
    }
  }

  @Test
  void itHoldsNoMoreKeysThanItIsTold() {
    Keyed keyed = new Keyed(2000);
    for (int i = 0; i < 5000; i++) {
      keyed.add(key(i), 1);
      keyed.putIfAbsent(key(i), 9);
    }
    assertThat(keyed.size()).isEqualTo(2000);
    assertThat(keyed.get(key(1999))).isEqualTo(1);
    assertThat(keyed.has(key(2000))).isFalse();
  }

  @Test
  void aSumThatIsNoLongIsRefused() {
    Keyed keyed = new Keyed(9);
    keyed.add(key(1), Long.MAX_VALUE);
    assertThatThrownBy(() -> keyed.add(key(1), 1)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void veryManyKeysOfOneDayTakeNoSquareOfTheirNumber() {
    Keyed keyed = new Keyed(Integer.MAX_VALUE);
    for (int i = 0; i < 500_000; i++) { // one by one in their order: some minutes
      keyed.add(key((int) (i * 2_654_435_761L % 500_009)), 1);
    }
    assertThat(keyed.size()).isEqualTo(500_000);
    assertThat(keyed.key(0)).isEqualTo(key(0));
  }

  private static UTF8String key(int number) {
    return UTF8String.fromString("https://shop.example/" + number);
  }
}
