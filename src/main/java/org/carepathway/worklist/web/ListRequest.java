package org.carepathway.worklist.web;

import java.io.Serializable;
import java.util.Optional;
import org.carepathway.worklist.Filter;
import org.carepathway.worklist.Filter.Due;
import org.carepathway.worklist.Filter.Scope;
import org.carepathway.worklist.Order;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which tasks the address of a page asks for. No patient data: free text is kept in the session.
 *
 * @param sort of an {@link Order}; null for that by risk
 * @param after where the page goes on from; null for the first one
 */
record ListRequest(
    String scope,
    String stage,
    String role,
    String owner,
    String due,
    String priority,
    String site,
    String sort,
    String after)
    implements Serializable {

  Filter filter(String text) {
    return new Filter(
        Scope.ofCode(scope),
        given(stage),
        given(role),
        given(owner),
        Due.ofCode(due).orElse(null),
        given(priority),
        given(site),
        given(text));
  }

  /** These filters as a query, encoded, without the place. */
  String query() {
    return UriComponentsBuilder.newInstance()
        .queryParam("scope", Scope.ofCode(scope).code())
        .queryParamIfPresent("stage", Optional.ofNullable(given(stage)))
        .queryParamIfPresent("role", Optional.ofNullable(given(role)))
        .queryParamIfPresent("owner", Optional.ofNullable(given(owner)))
        .queryParamIfPresent("due", Due.ofCode(due).map(Due::code))
        .queryParamIfPresent("priority", Optional.ofNullable(given(priority)))
        .queryParamIfPresent("site", Optional.ofNullable(given(site)))
        .queryParamIfPresent(
            "sort", Optional.of(order()).filter(by -> !by.isByRisk()).map(Order::code))
        .encode()
        .build()
        .toUriString()
        .substring(1);
  }

  /** The first page of the same filters. */
  ListRequest first() {
    return sorted(sort);
  }

  /** The first page of the same filters in another order. */
  private ListRequest sorted(String by) {
    return new ListRequest(scope, stage, role, owner, due, priority, site, by, null);
  }

  Order order() {
    return Order.of(sort);
  }

  /** The query of the same filters sorted by a column, the other way round where it is already. */
  public String sortedBy(String column) {
    return sorted(order().code().equals(column) ? '-' + column : column).query();
  }

  /** How a column is sorted, as {@code aria-sort} says it; null where it is not. */
  public String direction(String column) {
    return order().by().code().equals(column)
        ? order().descending() ? "descending" : "ascending"
        : null;
  }

  /** Whether anything but the scope is asked for. */
  public boolean isNarrowed() {
    return sorted(null).query().contains("&");
  }

  private static String given(String value) {
    return StringUtils.hasText(value) ? value : null;
  }
}
