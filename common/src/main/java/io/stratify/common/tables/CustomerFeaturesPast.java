package io.stratify.common.tables;

import static org.apache.spark.sql.types.DataTypes.StringType;

/**
 * Features as of past dates, to validate with. They are no publication: readers of {@code
 * customer_features} never see them, and a run that makes past snapshots replaces all of them,
 * since late facts, merged identities and withdrawn consent change the past.
 */
public final class CustomerFeaturesPast {
  private static final TableSpec.Builder T =
      TableSpec.past(
          "customer_features_past",
          "One row per past as-of date and customer known before it, for validation; the columns are"
              + " those of customer_features, null where neither a lens of clusters nor a gate reads"
              + " them, unless features.past.columns is all.");

  static {
    T.key(CustomerFeatures.CUSTOMER_ID.name(), StringType, CustomerFeatures.CUSTOMER_ID.doc());
    CustomerFeatures.TABLE.body().stream()
        .filter(c -> !c.equals(CustomerFeatures.CUSTOMER_ID))
        .forEach(T::with);
  }

  /** The table. */
  public static final TableSpec TABLE = T.build();

  private CustomerFeaturesPast() {}
}
