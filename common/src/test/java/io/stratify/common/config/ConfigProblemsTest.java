package io.stratify.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stratify.common.spark.Sparks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigProblemsTest {
  private static final Map<String, String> NONE = Map.of();

  private static final String CUSTOMERS =
      "inputs.customers { source = shop, columns { customer_id = id, country = c, region = r,"
          + " birth_year = y }, ";

  @TempDir Path folder;
  private ConfFolder conf;

  @BeforeEach
  void setUp() {
    conf = new ConfFolder(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "as-of = tomorrow | as-of is \"tomorrow\"; it must be a date such as 2026-05-01, or empty",
        "output.root = \"\" | output.root is \"\"; it must be a folder or an object store prefix",
        "conform.time-zone = Mars | conform.time-zone is \"Mars\"; it must be a time zone such as"
            + " UTC or Europe/Paris",
        "conform.max-quarantine-share = 2 | conform.max-quarantine-share is 2; it must be a number"
            + " from 0 to 1",
        "features.trend-window-days = 0 | features.trend-window-days is 0; it must be a whole"
            + " number from 1 to 3660",
        "demo.world = chaos | demo.world is \"chaos\"; it must be personas or one-cloud or upheaval",
        "segments.seed = 1.5 | segments.seed is 1.5; it must be a whole number",
        "segments.sample = 99 | segments.sample is 99; it must be a whole number of at least 100",
        "segments.behaviour.k-min = abc | segments.behaviour.k-min is \"abc\"; it must be a whole"
            + " number of at least 2",
        "segments.behaviour.k-min = 1 | segments.behaviour.k-min is 1; it must be a whole number of"
            + " at least 2",
        "segments.behaviour.k-min = null | segments.behaviour.k-min is null; it must be a whole"
            + " number of at least 2",
        "segments.behaviour.k-max = 51 | segments.behaviour.k-max is 51; it must be a whole number"
            + " from 2 to 50",
        "segments.behaviour.k-max = 2 | segments.behaviour.k-max is 2; it must be at least k-min,"
            + " which is 3",
        "segments.behaviour.min-share = 0.5 | segments.behaviour.min-share is 0.5; it must be at"
            + " most 1 / k-min, and k-min is 3",
        "segments.behaviour.winsorise = 0.26 | segments.behaviour.winsorise is 0.26; it must be a"
            + " number from 0 to 0.25",
        "segments.behaviour.log-above-skew = -1 | segments.behaviour.log-above-skew is -1; it must"
            + " be a number of at least 0",
        "segments.behaviour.features = [trend] | segments.behaviour.features is [\"trend\"]; it"
            + " must be a list of at least 2 columns",
        "segments.behaviour.features = trend | segments.behaviour.features is \"trend\"; it must be"
            + " a list of at least 2 columns",
        "segments.behaviour.features = [trend, frequency, trend] | segments.behaviour.features has"
            + " \"trend\" more than once; each must be unique",
        "segments.behaviour.policy { silhouette = 0, bic = 1 } | segments.behaviour.policy weighs"
            + " nothing that is measured; bic needs gaussian-mixture among the algorithms,"
            + " outcome-effect needs an outcome",
        "segments.behaviour { outcome = \"\", policy { silhouette = 0, outcome-effect = 1 } } |"
            + " segments.behaviour.policy weighs nothing that is measured; bic needs"
            + " gaussian-mixture among the algorithms, outcome-effect needs an outcome",
        "segments.behaviour = 3 | segments.behaviour is 3; it must be an object { ... }",
        "segments.rfm.enabled = maybe | segments.rfm.enabled is \"maybe\"; it must be true or"
            + " false",
        "segments.rfm.grid = 3 | segments.rfm.grid is 3; it must be a list of objects",
        "segments.value.tiers = [{ id = a, name = A, share = 1 }] | segments.value.tiers has 1; it"
            + " must have at least 2",
        "segments.value.tiers = [7] | segments.value.tiers[0] is 7; it must be an object { ... }",
        "segments.lenses.rfm { kind = combined, of = [value, lifecycle] } | segments.lenses.rfm has"
            + " the name of another lens; each must be unique. segments.rfm is there already",
        "segments.lenses.Mine { kind = combined, of = [value, rfm] } | segments.lenses.Mine is no"
            + " name of a lens; it must be lower-case letters, digits and hyphens",
        "segments.lenses.mine { kind = combined, of = [value] } | segments.lenses.mine.of is"
            + " [\"value\"]; it must be a list of 2 different lenses",
        "segments.lenses.mine { kind = combined, of = [mine, value] } | segments.lenses.mine.of"
            + " names the lens itself",
        "segments.lenses.mine { kind = combined, of = [rfm, value], refit-every = never } |"
            + " segments.lenses.mine.refit-every is never, but this lens crosses rfm and value and"
            + " is refitted with them; leave it out here, and say it of those",
        "segments.lenses.mine { kind = rules, rules = [] } | segments.lenses.mine.rules is empty;"
            + " it must have at least 1 rule",
        "segments.lenses.mine { kind = tree } | segments.lenses.mine.kind is \"tree\"; it must be"
            + " rules or clusters or combined",
        "segments.behaviour.scaling = min-max | segments.behaviour.scaling is \"min-max\"; it must"
            + " be standard or robust or none",
        "segments.behaviour.algorithms = [dbscan] | segments.behaviour.algorithms is [\"dbscan\"];"
            + " it must be a list of kmeans, gaussian-mixture, bisecting-kmeans",
        "validation.max-segments = 2 | validation.max-segments is 2; it must be at least"
            + " min-segments, which is 3",
        "validation.min-share = 0.34 | validation.min-share is 0.34; it must be at most 1 /"
            + " min-segments, and min-segments is 3",
        "validation.time = high | validation.time is \"high\"; it must be a number from 0 to 1, or"
            + " off",
        "validation.mean-jaccard = 75 | validation.mean-jaccard is 75; it must be a number from 0 to"
            + " 1, or off",
        "validation.significance = 5 | validation.significance is 5; it must be a number above 0 up"
            + " to 1, or off",
        "validation.share-drift = 0 | validation.share-drift is 0; it must be a number above 0 up to"
            + " 10, or off",
        "validation.bootstraps = 1 | validation.bootstraps is 1; it must be a whole number from 2 to"
            + " 10000",
        "validation.not-measurable = pass | validation.not-measurable is \"pass\"; it must be report"
            + " or fail",
        "validation.lenses.needs.max-segments = 2 | validation.lenses.needs.max-segments is 2; it"
            + " must be at least min-segments, which is 3",
        "validation.lenses.mood.time = off | validation.lenses.mood is about no lens with gates; it"
            + " must be one of behaviour, needs",
        "demo.end = soon | demo.end is \"soon\"; it must be a date such as 2026-05-01",
        "demo.months = 0 | demo.months is 0; it must be a whole number of at least 1",
        "spark.shuffle-partitions = 3000000000 | spark.shuffle-partitions is 3000000000; it must be"
            + " a whole number of at least 1",
        "spark.conf.a = [1] | spark.conf.a is [1]; it must be a text, a number or a flag",
        "spark.conf.\"spark.driver.memory\" = 8g | spark.conf.\"spark.driver.memory\" is for a driver"
            + " that is about to start, and this one runs already; give it with STRATIFY_HEAP,"
            + " STRATIFY_JAVA_OPTS or STRATIFY_JARS, or to spark-submit",
        "spark.conf.\"spark.sql.session.timeZone\" = UTC | spark.conf.\"spark.sql.session.timeZone\""
            + " is set by Stratify; the zone of source timestamps is conform.time-zone, or time-zone"
            + " of their input",
        "spark.conf.\"spark.sql.shuffle.partitions\" = 8 |"
            + " spark.conf.\"spark.sql.shuffle.partitions\" is set by Stratify; use"
            + " spark.shuffle-partitions in place of it",
        "sources.s { format = jdbc, table = people, options { url = u } } | sources.s has format jdbc"
            + " and table, which is of the catalog or of SQL and has none; leave format out, or give"
            + " what it reads with path; of a database with options.dbtable",
        "sources.s { format = csv, query = \"SELECT 1\" } | sources.s has format csv and query, which"
            + " is of the catalog or of SQL and has none; leave format out, or give what it reads"
            + " with path",
        "sources.s = 5 | sources.s is 5; it must be an object { ... }",
        "sources.s.format = csv | sources.s has no path, table or query; it must have exactly one"
            + " of them",
        "sources.s { table = a, query = b } | sources.s has table and query; it must have exactly"
            + " one of path, table and query",
        "sources.s.path = a | sources.s has no format; it must name a Spark format such as csv,"
            + " parquet, delta or jdbc",
        "segments.behavior.k-min = 3 | unknown key segments.behavior; did you mean"
            + " segments.behaviour?",
        "sources.s { table = a, pth = b } | unknown key sources.s.pth; did you mean"
            + " sources.s.path?",
        "inputs.ordrs.source = a | unknown key inputs.ordrs; did you mean inputs.orders?",
        "segments.k-max = 3 | unknown key segments.k-max; did you mean segments.behaviour.k-max?",
        "zzz = 3 | unknown key zzz",
      })
  void aBadSettingIsNamedWithItsPlaceAndWhatIsExpected(String line, String problem) {
    assertThat(conf.problems("", line)).containsExactly("x.conf:3: " + problem);
  }

  @Test
  void theRuleOfALensIsNamedByItsPositionAndLine() {
    assertThat(
            conf.problems(
                "segments.lenses.age { kind = rules, rules = [",
                "  { id = \"Under 25 / A.b\", name = \"\", when = \"age < 25\" }",
                "  { id = rest, name = Rest, when = \" \" } ] }"))
        .containsExactly(
            "x.conf:3: segments.lenses.age.rules[0].id is \"Under 25 / A.b\"; it must be lower-case"
                + " letters, digits and hyphens such as high",
            "x.conf:3: segments.lenses.age.rules[0].name is \"\"; it must be a name for people",
            "x.conf:4: segments.lenses.age.rules[1].when is \" \"; it must be an SQL condition");
  }

  @Test
  void whereAnElementIsWrongNothingIsConcludedFromItsList() {
    assertThat(
            conf.problems(
                "segments.lenses.age { kind = rules, rules = [",
                "  { id = A_, name = A, when = \"age < 25\" } ] }"))
        .containsExactly(
            "x.conf:3: segments.lenses.age.rules[0].id is \"A_\"; it must be lower-case letters,"
                + " digits and hyphens such as high");
    assertThat(
            conf.problems(
                "segments.value.tiers = [",
                "  { id = a, name = A, share = 0.5 }",
                "  { id = B_, name = B, share = 0.5 } ]"))
        .containsExactly(
            "x.conf:4: segments.value.tiers[1].id is \"B_\"; it must be lower-case letters, digits"
                + " and hyphens");
  }

  @Test
  void aFeatureOfNoExpressionIsNamedByItsKey() {
    assertThat(conf.problems("features.custom = [", "  { name = a, doc = b, sql = \"\" } ]"))
        .containsExactly("x.conf:3: features.custom[0].sql is \"\"; it must be a SQL aggregate");
  }

  @Test
  void tiersMustShareOutEverything() {
    assertThat(
            conf.problems(
                "segments.value.tiers = [",
                "  { id = a, name = A, share = 0.5 }",
                "  { id = a, name = B, share = 0.4 } ]"))
        .containsExactly(
            "x.conf:2: segments.value.tiers has shares that sum to 0.9; they must sum to 1",
            "x.conf:2: segments.value.tiers has \"a\" more than once; each must be unique");
  }

  @Test
  void theElementOfAListIsNamedByItsPositionAndLine() {
    assertThat(
            conf.problems(
                "segments.value.tiers = [",
                "  { id = a, name = A, share = 0.5 }",
                "  { id = B_, nme = B, share = 0 }",
                "  { id = C_, name = C, share = 0 } ]"))
        .containsExactly(
            "x.conf:4: segments.value.tiers[1].name is missing; it must be a name for people",
            "x.conf:4: unknown key segments.value.tiers[1].nme; did you mean"
                + " segments.value.tiers[1].name?",
            "x.conf:5: segments.value.tiers[2].id is \"C_\"; it must be lower-case letters, digits"
                + " and hyphens",
            "x.conf:5: segments.value.tiers[2].share is 0; it must be a number above 0");
  }

  @Test
  void aRuleThatCouldNeverFailOrOfWhichAPartWouldBePassedOverIsRefused() {
    assertThat(
            conf.problems(
                "sources.shop.table = a",
                CUSTOMERS + "rules = [",
                "  { rule = null-share, column = country, max = 1.5 }",
                "  { rule = freshness, days = -2 }",
                "  { rule = range, column = birth_year, min = 5, max = 1 }",
                "  { rule = unique, column = country, columns = [country, region] } ] }"))
        .containsExactly(
            "x.conf:4: inputs.customers.rules[0].max is 1.5; it must be a share from 0 to below 1",
            "x.conf:5: inputs.customers.rules[1].days is -2; it must be a whole number of at least"
                + " 0",
            "x.conf:6: inputs.customers.rules[2].min is above max; it must be at most max",
            "x.conf:7: inputs.customers.rules[3].column is beside columns; give one of both");
  }

  @Test
  void whatWouldLoseDecisionsOrFailEveryRowIsRefused() {
    assertThat(
            conf.problems(
                "sources.shop.table = a",
                "inputs.consents { source = shop, key = [customer_id, purpose], columns {",
                "  customer_id = id, purpose = p, granted = g, decided_at = t } }",
                CUSTOMERS + "rules = [",
                "  { rule = in-set, column = birth_year, values = [1980, old] } ] }"))
        .anyMatch(p -> p.contains("inputs.consents.key has no decided_at"))
        .anyMatch(p -> p.contains("values have \"old\"; birth_year is a column of numbers"));
  }

  @Test
  void whatARuleDoesNotLookAtIsRefused() {
    assertThat(
            conf.problems(
                "sources.shop.table = a",
                CUSTOMERS + "rules = [",
                "  { rule = in-set, columns = [country, region], values = [FR] }",
                "  { rule = range, column = birth_year, min = 1900, pattern = \"19.*\" }",
                "  { rule = volume, column = country, min = 0.5 } ] }"))
        .containsExactly(
            "x.conf:4: inputs.customers.rules[0].columns has 2; rule in-set looks at one, so it"
                + " must be a rule for each",
            "x.conf:5: inputs.customers.rules[1].pattern is of no use; rule range does not look at"
                + " it",
            "x.conf:6: inputs.customers.rules[2].column is of no use; rule volume does not look at"
                + " it");
    assertThat(
            conf.problems(
                "sources.shop.table = a",
                "inputs {",
                "  customers { source = shop, columns.customer_id = id",
                "    rules = [ { rule = freshness, days = 3 } ] }",
                "}"))
        .singleElement()
        .asString()
        .contains("rule freshness needs a time, and customers has none");
    assertThat(
            conf.problems(
                "sources.shop.table = a",
                CUSTOMERS + "rules = [",
                "  { rule = not-null, column = country },",
                "  { rule = not-null, column = country, action = quarantine } ] }"))
        .singleElement()
        .asString()
        .contains(
            "(x.conf:5): the rule \"country is missing\" is that of x.conf:4; give one of both");
  }

  @Test
  void idsOfSegmentsThatAreAlwaysThereAreTaken() {
    assertThat(
            conf.problems(
                "segments.value.tiers = [",
                "  { id = a, name = A, share = 0.5 }",
                "  { id = none, name = B, share = 0.5 } ]"))
        .singleElement()
        .asString()
        .endsWith(
            "segments.value.tiers has the id none, which is that of the customers without net"
                + " revenue");
    assertThat(
            conf.problems(
                "segments.rfm.grid = [",
                "  { id = no-orders, name = A, r = [1, 2, 3, 4, 5], f = [1, 2, 3, 4, 5] } ]"))
        .singleElement()
        .asString()
        .endsWith(
            "segments.rfm.grid has the id no-orders, which is that of the customers without"
                + " orders");
  }

  /** A customer with two profiles would be two customers, and a line of two orders two lines. */
  @Test
  void whatOthersAreFoundByIsFoundOnce() {
    assertThat(
            conf.problems(
                "sources.shop.table = a",
                "inputs {",
                "  customers { source = shop, deduplicate = none, columns.customer_id = id }",
                "  accounts { source = shop, key = [account_id, country]",
                "    columns { account_id = id, country = c } }",
                "  orders { source = shop, key = [order_id, customer_id]",
                "    columns { order_id = a, customer_id = b, ordered_at = c } }",
                "  order_lines { source = shop, deduplicate = none, columns.order_id = a }",
                "}"))
        .containsExactly(
            "x.conf:4: inputs.customers.deduplicate is none, but other tables find their row by"
                + " customer_id; it must be exact or latest",
            "x.conf:5: inputs.accounts.key is [\"account_id\", \"country\"], but other tables find"
                + " their row by account_id; leave it out, and where those repeat map them to"
                + " expressions that do not",
            "x.conf:7: inputs.orders.key is [\"order_id\", \"customer_id\"], but inputs.order_lines"
                + " finds its order by order_id; leave it out, and where those repeat map them to"
                + " expressions that do not");
    conf.load( // orders without lines
        "sources.shop.table = a",
        "inputs {",
        "  customers { source = shop, key = [customer_id], columns.customer_id = id }",
        "  orders { source = shop, deduplicate = none",
        "    columns { order_id = a, customer_id = b, ordered_at = c } }",
        "}");
  }

  @Test
  void anInputNeedsASourceAndItsRequiredColumns() {
    assertThat(
            conf.problems(
                "sources.shop_orders.table = a",
                "inputs {",
                "  customers {}",
                "  products { source = shop_order, columns.product_id = \" \" }",
                "  orders { source = other, deduplicate = some",
                "    columns { order_id = a, custmer_id = b, gross_amount = c } }",
                "  order_lines.columns.order_id = a",
                "}"))
        .containsExactly(
            "x.conf:4: inputs.customers has no source; it must name one of the sources",
            "x.conf:4: inputs.customers.columns does not map customer_id; every required column"
                + " needs it",
            "x.conf:5: inputs.products.columns.product_id is \" \"; it must be a SQL expression",
            "x.conf:5: inputs.products.source is \"shop_order\", which is not a source; did you"
                + " mean shop_orders?",
            "x.conf:6: inputs.orders.deduplicate is \"some\"; it must be exact or latest or none",
            "x.conf:6: inputs.orders.source is \"other\", which is not a source; the sources are"
                + " shop_orders",
            "x.conf:7: inputs.orders.columns.gross_amount cannot be mapped; Stratify derives it"
                + " from the other columns",
            "x.conf:7: inputs.orders.columns does not map customer_id, ordered_at; every required"
                + " column needs it",
            "x.conf:7: unknown key inputs.orders.columns.custmer_id; did you mean"
                + " inputs.orders.columns.customer_id?",
            "x.conf:8: inputs.order_lines has no source; it must name one of the sources");
  }

  @Test
  void orderLinesAloneNeedToSayWhoAndWhen() {
    assertThat(conf.problems("inputs.order_lines { source = s", "  columns.order_id = a }"))
        .containsExactly(
            "x.conf:2: inputs.order_lines.source is \"s\", which is not a source; no sources are"
                + " declared",
            "x.conf:3: inputs.order_lines.columns does not map customer_id, ordered_at; order"
                + " lines need it where there is no inputs.orders");
  }

  @Test
  void moneyOfOtherCurrenciesNeedsRatesOfASourceThatThereIs() {
    assertThat(
            conf.problems(
                "sources.fx_rates.table = a",
                "conform.currency { base = EUR",
                "  rates = fx_rate }"))
        .containsExactly(
            "x.conf:4: conform.currency.rates is \"fx_rate\", which is not a source; did you mean"
                + " fx_rates?");
    assertThat(
            conf.problems(
                "sources.shop.table = a",
                "inputs.products { source = shop",
                "  columns { product_id = id, price = p }",
                "  currency = code }"))
        .containsExactly(
            "x.conf:5: inputs.products.currency needs rates, and conform.currency.rates is empty;"
                + " name their source there, and the base currency in conform.currency.base");
    conf.load(
        "sources { shop.table = a, fx.table = b }",
        "conform.currency { base = EUR, rates = fx }",
        "inputs.products { source = shop, columns { product_id = id, price = p }",
        "  currency = code }");
  }

  @Test
  void anExpressionOfRatesIsNotEmpty() {
    assertThat(
            conf.problems(
                "conform.currency { code = \"\"", "  rate = \" \"", "  valid-from = \"\" }"))
        .containsExactly(
            "x.conf:2: conform.currency.code is \"\"; it must be a SQL expression over the source of"
                + " the rates",
            "x.conf:3: conform.currency.rate is \" \"; it must be a SQL expression over the source"
                + " of the rates",
            "x.conf:4: conform.currency.valid-from is \"\"; it must be a SQL expression over the"
                + " source of the rates");
  }

  @Test
  void aCurrencyIsThatOfMoneyThatIsMapped() {
    assertThat(
            conf.problems(
                "sources { shop.table = a, fx.table = b }",
                "conform.currency { base = EUR, rates = fx }",
                "inputs.products { source = shop, columns.product_id = id",
                "  currency = code }",
                "inputs.accounts { source = shop, columns.account_id = id",
                "  currency = code }"))
        .containsExactly(
            "x.conf:5: inputs.products.currency is of no use; none of price, cost is mapped",
            "x.conf:7: inputs.accounts.currency is of no use; accounts has no money");
  }

  /** Without a value every row is one of its own, and breaks no rule. */
  @Test
  void whatAKeyOrARuleLooksAtHasValues() {
    assertThat(
            conf.problems(
                "sources.shop.table = a",
                "inputs.events { source = shop",
                "  key = [customer_id, event_id]",
                "  columns { customer_id = id, event_type = e, occurred_at = t } }",
                "inputs.customers { source = shop, columns.customer_id = id, rules = [",
                "  { rule = range, column = birth_year, min = 1900 }",
                "  { rule = unique, columns = [customer_id, country] }",
                "  { rule = not-null, column = region } ] }"))
        .containsExactly(
            "x.conf:4: inputs.events.key names event_id, which is not mapped; a row needs a key of"
                + " its own",
            "x.conf:6: inputs.customers.rules (x.conf:7): rule range looks at birth_year, which is"
                + " not mapped",
            "x.conf:6: inputs.customers.rules (x.conf:8): rule unique looks at country, which is not"
                + " mapped");
    conf.load(
        "sources.shop.table = a",
        "inputs {",
        "  orders { source = shop, columns { order_id = a, customer_id = b, ordered_at = c }",
        "    rules = [ { rule = range, column = gross_amount, max = 1000 } ] }",
        "  order_lines { source = shop, columns { order_id = a, product_id = b }, rules = [",
        "    { rule = unique, columns = [customer_id, product_id] }",
        "    { rule = range, column = amount, max = 1000 } ] }",
        "}");
  }

  @Test
  void aRuleWithoutWhatItNeedsOrOfNoNumberIsRefused() {
    assertThat(
            conf.problems(
                "sources.shop.table = a",
                CUSTOMERS + "rules = [",
                "  { rule = matches, column = country, pattern = \"\" }",
                "  { rule = holds, sql = \" \" }",
                "  { rule = references, column = country, input = \"\" }",
                "  { rule = range, column = birth_year, max = 1e400 }",
                "  { rule = volume, min = -0.5 }",
                "  { rule = references, column = country, input = customer }",
                "  { rule = references, column = country, input = markets } ] }"))
        .containsExactly(
            "x.conf:4: inputs.customers.rules[0] has no pattern; rule matches needs it",
            "x.conf:5: inputs.customers.rules[1] has no sql; rule holds needs it",
            "x.conf:6: inputs.customers.rules[2] has no input; rule references needs it",
            "x.conf:7: inputs.customers.rules[3].max is Infinity; it must be a finite number",
            "x.conf:8: inputs.customers.rules[4].min is -0.5; it must be a number of at least 0",
            "x.conf:9: inputs.customers.rules[5].input is \"customer\", which is not a configured"
                + " input; did you mean customers?",
            "x.conf:10: inputs.customers.rules[6].input is \"markets\", which is not a configured"
                + " input; the inputs are customers");
  }

  @Test
  void everyFileIsCheckedAlthoughALaterOneHidesIt() {
    Path a = conf.stratify("a.conf", "segments.sed = 1", "conform.time-zone = Mars");
    Path b = conf.stratify("b.conf", "segments.sed = 2", "conform.time-zone = UTC");

    assertThat(conf.problems(List.of(a, b), Map.of("segments.sed", "3"), NONE))
        .containsExactly(
            "a.conf:2: unknown key segments.sed; did you mean segments.seed?",
            "b.conf:2: unknown key segments.sed; did you mean segments.seed?",
            "--set: unknown key segments.sed; did you mean segments.seed?");
  }

  @Test
  void setValuesAreCheckedToo() {
    assertThat(conf.problems(List.of(), Map.of("stratify.segments.seed", "x"), NONE))
        .containsExactly("--set: segments.seed is \"x\"; it must be a whole number");
    assertThat(conf.problems(List.of(), Map.of("a..b", "x"), NONE))
        .containsExactly("--set: \"a..b\" is not a key; write e.g. segments.seed=42");
  }

  @Test
  void everyKeyBelongsInsideStratify() {
    Path a = conf.file("a.conf", "segmnts.seed = 1", "zzz = 2", "stratfy.segments.seed = 3");

    assertThat(conf.problems(List.of(a), NONE, NONE))
        .containsExactly(
            "a.conf:1: unknown key segmnts; did you mean stratify.segments? Every key belongs"
                + " inside stratify { ... }",
            "a.conf:2: unknown key zzz; every key belongs inside stratify { ... }",
            "a.conf:3: unknown key stratfy; did you mean stratify?");
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    Path missing = folder.resolve("missing.conf");
    Path directory = Files.createDirectory(folder.resolve("dir.conf"));
    Path including = conf.file("inc.conf", "include required(file(\"/no/such.conf\"))");

    assertThat(conf.problems(List.of(missing, directory, including), NONE, NONE))
        .containsExactly(
            "missing.conf: there is no such file",
            "dir.conf: this is a directory; name a file",
            "inc.conf: the file, or one that it includes, cannot be read");
  }

  @Test
  void malformedFilesAreNamedWithTheLineAndNothingThatMightBeSecret() {
    Path colon = conf.file("a.conf", "stratify {", "  password = \"hunter2\" : 5", "}");
    Path open = conf.file("b.conf", "stratify {", "  seed = 1");
    Path key = conf.file("c.conf", "hunter2");
    Path joined = conf.file("d.conf", "", "stratify.password = hunter2 { a = b }");
    Path other = conf.stratify("e.conf", "inputs.orders.source = elsewhere");

    assertThat(conf.problems(List.of(colon, open, key, joined, other), NONE, NONE))
        .containsExactly(
            "a.conf:2: this is not valid HOCON: expecting close brace } or a comma, got ':'",
            "b.conf:3: this is not valid HOCON: a closing } is missing",
            "c.conf:2: this is not valid HOCON: a key has no value",
            "d.conf:2: this is not valid HOCON: an object or a list cannot be joined with something"
                + " else");
  }

  @Test
  void substitutionsWithoutAValueAreNamed() {
    Path a =
        conf.stratify(
            "a.conf",
            "sources.s { format = jdbc",
            "  path = \"x/\"${NO_SUCH}\"/\"${NOR_THIS}",
            "  options { password = ${DB_PASSWORD}, user = ${?DB_USER} } }",
            "segments.seed = ${SEED}",
            "segments.sample = x");

    assertThat(conf.problems(List.of(a), NONE, NONE))
        .containsExactly(
            "a.conf:3: sources.s.path needs ${NO_SUCH} and ${NOR_THIS}, which is neither a key nor"
                + " set in the environment",
            "a.conf:4: sources.s.options.password needs ${DB_PASSWORD}, which is neither a key nor"
                + " set in the environment",
            "a.conf:5: segments.seed needs ${SEED}, which is neither a key nor set in the"
                + " environment",
            "a.conf:6: segments.sample is \"x\"; it must be a whole number of at least 100");
  }

  @Test
  void substitutionsInACircleAreNamed() {
    assertThat(
            conf.problems(
                "sources.a.table = ${stratify.sources.b.table}",
                "sources.b.table = ${stratify.sources.a.table}"))
        .singleElement()
        .asString()
        .endsWith(": substitutions refer to each other in a circle");
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    Path a = conf.stratify("a.conf", "segments.behaviour.k-min = abc", "segments.behavior = 1");
    Path missing = folder.resolve("missing.conf");

    assertThatThrownBy(() -> ConfigLoader.load(List.of(a, missing), Map.of("demo.months", "0")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            Cannot read the configuration: 4 problems
            %1$s/a.conf:2: segments.behaviour.k-min is "abc"; it must be a whole number of at least 2
            %1$s/a.conf:3: unknown key segments.behavior; did you mean segments.behaviour?
            %1$s/missing.conf: there is no such file
            --set: demo.months is 0; it must be a whole number of at least 1""",
            folder);
  }

  @Test
  void theGatesLetSomeCandidatePass() {
    String orders =
        "inputs.orders { source = shop, columns { order_id = a, customer_id = b, ordered_at = c } }";
    assertThat(
            conf.problems(
                "sources.shop.table = a",
                orders,
                "segments.behaviour { k-min = 7, k-max = 9 }",
                "segments.lenses.two { kind = clusters, features = [frequency, monetary_net],",
                "  k-min = 2",
                "  k-max = 2 }",
                "validation.lenses.two.max-segments = 4"))
        .containsExactly(
            "x.conf:4: segments.behaviour.k-min: no candidate can pass the gates of validation; there"
                + " are 7 to 9 clusters (k-min, k-max), and they ask for 3 to 6 (min-segments,"
                + " max-segments)",
            "x.conf:7: segments.lenses.two.k-max: no candidate can pass the gates of"
                + " validation.lenses.two; there are 2 to 2 clusters (k-min, k-max), and they ask for"
                + " 3 to 4 (min-segments, max-segments)");
    conf.load( // the lens needs is left out, for lack of answers
        "sources.shop.table = a",
        orders,
        "segments.behaviour { k-min = 7, k-max = 9 }",
        "validation { min-segments = 8, max-segments = 8 }");
  }

  @Test
  void oneMeasureThatIsTakenIsEnoughForAPolicy() {
    conf.load(
        "segments.behaviour { algorithms = [kmeans, gaussian-mixture]",
        "  policy { silhouette = 0, bic = 1 } }");
    conf.load("segments.behaviour.policy { silhouette = 1, bic = 1 }");
  }

  @Test
  void whatEverySessionHasCannotBeSaidOtherwise() {
    SparkConf set = new SparkConf(false);
    Sparks.invariants(set);
    for (scala.Tuple2<String, String> setting : set.getAll()) {
      assertThatThrownBy(() -> new SparkConfig("local", 1, Map.of(setting._1(), "x")))
          .hasMessageStartingWith("spark.conf.\"" + setting._1() + "\" is set by Stratify; ");
    }
  }

  @Test
  void aRecordRefusesNonsenseOnItsOwn() {
    assertThatThrownBy(() -> new GatesConfig("validation", 0, 0, 2, Map.of(Gate.TIME, -1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            validation.min-segments is 0; it must be a whole number of at least 1
            validation.max-segments is 0; it must be a whole number of at least 1
            validation.min-share is 2; it must be a number from 0 to 1
            validation.time is -1; it must be a number from 0 to 1, or off""");
    assertThatThrownBy(() -> new HealthConfig(0, Double.NaN, -0.1, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            validation.health.feature-drift is 0; it must be a number above 0
            validation.health.share-drift is NaN; it must be a number above 0
            validation.health.outliers is -0.1; it must be a number from 0 to 1
            validation.health.confidence is 1.5; it must be a number from 0 to 1""");
  }
}
