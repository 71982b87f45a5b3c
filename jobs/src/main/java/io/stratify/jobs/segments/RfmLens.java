package io.stratify.jobs.segments;

import io.stratify.common.config.ConfigText;
import io.stratify.common.config.RfmConfig;
import io.stratify.common.config.RfmSegment;
import java.util.ArrayList;
import java.util.List;

/** The lens {@code rfm}: rules over recency and frequency scores. */
record RfmLens(RfmConfig config) implements Lens {
  @Override
  public String name() {
    return "rfm";
  }

  @Override
  public String configuration() {
    return config.toString();
  }

  @Override
  public String parameters() {
    return ConfigText.of(config);
  }

  @Override
  public Fit fit(Input input) {
    List<GridModel.Cell> cells = new ArrayList<>();
    List<SegmentInfo> segments = new ArrayList<>();
    for (RfmSegment segment : config.grid()) {
      String id = name() + "." + segment.id();
      cells.add(new GridModel.Cell(id, segment.r(), segment.f()));
      segments.add(
          new SegmentInfo(
              id, segment.name(), "r_score in " + segment.r() + " and f_score in " + segment.f()));
    }
    String noOrders = name() + "." + RfmConfig.NO_ORDERS;
    segments.add(new SegmentInfo(noOrders, "No Orders", "no completed order"));
    return new Fit(
        new Segmentation(
            Segmentation.idOf(name(), input.asOf()),
            name(),
            input.asOf(),
            "rules",
            segments,
            new GridModel(cells, noOrders),
            null,
            null,
            input.configHash()));
  }
}
