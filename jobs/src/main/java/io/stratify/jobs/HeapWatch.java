package io.stratify.jobs;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** Watches the heap of this JVM from its start until it is closed. */
public final class HeapWatch implements AutoCloseable {
  private static final long MB = 1 << 20;

  private final List<MemoryPoolMXBean> pools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(p -> p.getType() == MemoryType.HEAP)
          .toList();
  private final AtomicLong live = new AtomicLong();
  private final NotificationListener listener = (event, handback) -> collected(event);

  private HeapWatch() {}

  /** Starts to watch. */
  public static HeapWatch start() {
    HeapWatch watch = new HeapWatch();
    watch.pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    emitters().forEach(e -> e.addNotificationListener(watch.listener, null, null));
    return watch;
  }

  /** The peaks of all parts of the heap, garbage included: never less than was really in use. */
  public long peakMb() {
    return pools.stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum() / MB;
  }

  /** The most that a collection left; 0 where none ran. */
  public long liveMb() {
    return live.get() / MB;
  }

  @Override
  public void close() {
    for (NotificationEmitter emitter : emitters()) {
      try {
        emitter.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException("the heap was not watched", e);
      }
    }
  }

  private void collected(Notification event) {
    if (!event
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      return;
    }
    Map<String, MemoryUsage> after =
        GarbageCollectionNotificationInfo.from((CompositeData) event.getUserData())
            .getGcInfo()
            .getMemoryUsageAfterGc();
    long left = pools.stream().mapToLong(p -> after.get(p.getName()).getUsed()).sum();
    live.accumulateAndGet(left, Math::max);
  }

  private static List<NotificationEmitter> emitters() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(GarbageCollectorMXBean::isValid)
        .map(NotificationEmitter.class::cast)
        .toList();
  }
}
