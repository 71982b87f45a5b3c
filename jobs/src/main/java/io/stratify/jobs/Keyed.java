package io.stratify.jobs;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A few whole numbers by key, in the order of the keys; money counts in units of its last decimal.
 * It holds no more keys than it is told to, so that one customer cannot fill the memory.
 */
public final class Keyed {
  private static final int FIRST = 4;

  /** From here on keys are put in their order once, at the end, and not one by one. */
  private static final int MANY = 1024;

  private static final MapData EMPTY =
      new ArrayBasedMapData(
          new GenericArrayData(new Object[0]), UnsafeArrayData.fromPrimitiveArray(new long[0]));

  private final int most;
  private UTF8String[] keys = new UTF8String[FIRST];
  private long[] values = new long[FIRST];
  private int size;

  /** The places of many keys that are not in their order yet. */
  private Map<UTF8String, Integer> unordered;

  /** Without keys. */
  public Keyed(int most) {
    this.most = most;
  }

  /** No keys, as Spark has them. */
  public static MapData empty() {
    return EMPTY;
  }

  /** How many keys there are. */
  public int size() {
    return size;
  }

  /** A key by its place. */
  public UTF8String key(int i) {
    order();
    return keys[i];
  }

  /** A number by its place. */
  public long value(int i) {
    order();
    return values[i];
  }

  /** Whether a key is there. */
  public boolean has(UTF8String key) {
    return place(key) >= 0;
  }

  /** The number of a key that is there. */
  public long get(UTF8String key) {
    return values[place(key)];
  }

  /**
   * Adds to the number of a key; of a new one, if there is room.
   *
   * @throws ArithmeticException if the sum is no long
   */
  public void add(UTF8String key, long more) {
    int place = place(key);
    if (place >= 0) {
      values[place] = Math.addExact(values[place], more);
    } else {
      insert(-place - 1, key, more);
    }
  }

  /** Sets the number of a new key, if there is room. */
  public void putIfAbsent(UTF8String key, long value) {
    int place = place(key);
    if (place < 0) {
      insert(-place - 1, key, value);
    }
  }

  /** As {@link Arrays#binarySearch} has it; a new one of many goes to the end. */
  private int place(UTF8String key) {
    if (unordered != null) {
      return unordered.getOrDefault(key, -size - 1);
    }
    return Arrays.binarySearch(keys, 0, size, key);
  }

  private void insert(int place, UTF8String key, long value) {
    if (size == most) {
      return;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    System.arraycopy(keys, place, keys, place + 1, size - place);
    System.arraycopy(values, place, values, place + 1, size - place);
    keys[place] = key.copy();
    values[place] = value;
    size++;
    if (unordered != null) {
      unordered.put(keys[place], place);
    } else if (size == MANY) {
      unordered = new HashMap<>();
      for (int i = 0; i < size; i++) {
        unordered.put(keys[i], i);
      }
    }
  }

  private void order() {
    if (unordered == null) {
      return;
    }
    UTF8String[] ordered = Arrays.copyOf(keys, size);
    Arrays.sort(ordered);
    long[] theirs = new long[size];
    for (int i = 0; i < size; i++) {
      theirs[i] = values[unordered.get(ordered[i])];
    }
    keys = ordered;
    values = theirs;
    unordered = null;
  }

  /** The numbers, or amounts of money, as Spark has them. */
  public MapData map() {
    order();
    return map(UnsafeArrayData.fromPrimitiveArray(Arrays.copyOf(values, size)));
  }

  /** The numbers less another one, as integers. */
  public MapData integersLess(int less) {
    order();
    int[] integers = new int[size];
    for (int i = 0; i < size; i++) {
      integers[i] = Math.toIntExact(values[i] - less);
    }
    return map(UnsafeArrayData.fromPrimitiveArray(integers));
  }

  private MapData map(UnsafeArrayData numbers) {
    Object[] own = Arrays.copyOf(keys, size, Object[].class);
    return new ArrayBasedMapData(new GenericArrayData(own), numbers);
  }
}
