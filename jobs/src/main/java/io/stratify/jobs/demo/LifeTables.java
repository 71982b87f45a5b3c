package io.stratify.jobs.demo;

import java.util.List;

/** The tables of the warehouse that come from the lives of customers. */
final class LifeTables {
  /** What the shop keeps. */
  static final List<CustomerTable> SOURCES =
      List.of(
          new CustomerTable(DemoWarehouse.CUSTOMERS, People.CUSTOMERS, People::customers),
          new CustomerTable(DemoWarehouse.ORDERS, Sales.ORDERS, Sales::orders),
          new CustomerTable(DemoWarehouse.ORDER_LINES, Sales.LINES, Sales::lines),
          new CustomerTable(DemoWarehouse.EVENTS, Usage.EVENTS, Usage::events),
          new CustomerTable(
              DemoWarehouse.ACCOUNTS, Companies.ACCOUNTS, Companies::accounts, Companies::row),
          new CustomerTable(
              DemoWarehouse.IDENTITIES, Contacts.IDENTITIES, Contacts::identities, Contacts::row),
          new CustomerTable(
              DemoWarehouse.CONSENTS,
              Permissions.CONSENTS,
              Permissions::consents,
              Permissions::row),
          new CustomerTable(
              DemoWarehouse.SUBSCRIPTIONS,
              Memberships.SUBSCRIPTIONS,
              Memberships::subscriptions,
              Memberships::row),
          new CustomerTable(
              DemoWarehouse.TICKETS, Support.TICKETS, Support::tickets, Support::ticket),
          new CustomerTable(
              DemoWarehouse.TOUCHES, Campaigns.TOUCHES, Campaigns::touches, Campaigns::touchRow),
          new CustomerTable(DemoWarehouse.SURVEYS, Surveys.ANSWERS, Surveys::answers, Surveys::row),
          new CustomerTable(
              DemoWarehouse.FEEDBACK, Support.FEEDBACK, Support::feedback, Support::note),
          new CustomerTable(
              DemoWarehouse.EXPOSURES,
              Campaigns.EXPOSURES,
              Campaigns::exposures,
              Campaigns::exposureRow));

  /** What the pipeline has to find. */
  static final List<CustomerTable> ANSWERS =
      List.of(
          new CustomerTable(DemoWarehouse.ANSWERS, People.ANSWERS, People::answers),
          new CustomerTable(DemoWarehouse.ANSWER_IDENTITIES, Contacts.ANSWERS, Contacts::answers),
          new CustomerTable(
              DemoWarehouse.ANSWER_CONSENTS, Permissions.ANSWERS, Permissions::answers));

  private LifeTables() {}
}
