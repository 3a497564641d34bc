package org.carepathway.form;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.api.QualifiedParamList;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.NumberParam;
import ca.uhn.fhir.rest.param.ParameterUtil;
import ca.uhn.fhir.rest.param.QuantityParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.UriParam;
import ca.uhn.fhir.util.UrlUtil;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.Multimap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * A search such as {@code AllergyIntolerance?patient={{%patient.id}}} (x-fhir-query, R5 2.1.0.6).
 * The repository takes typed parameters and no URL, so the text is read into those.
 */
final class FhirQuery {

  private static final Pattern PATH = Pattern.compile("\\{\\{(.*?)}}");
  private static final int MOST_PAGES = 100;

  private final IRepository repository;
  private final FhirContext fhir;

  FhirQuery(IRepository repository) {
    this.repository = repository;
    this.fhir = repository.fhirContext();
  }

  /** The FHIRPath expressions in a query. */
  static List<String> paths(String query) {
    return PATH.matcher(query).results().map(match -> match.group(1).trim()).toList();
  }

  /** A text with the expressions in it replaced. */
  static String fill(String text, UnaryOperator<String> value) {
    return PATH.matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value.apply(match.group(1).trim())));
  }

  /**
   * Runs a query.
   *
   * @param values gives the results of an expression in the query; they are escaped here, several
   *     are joined by commas
   * @return all matches, from all pages unless the query has a {@code _count}
   * @throws IllegalArgumentException for a type or parameter that R4 lacks, and for an expression
   *     without a result: left empty, the search would find the data of other patients
   */
  Bundle run(String query, Function<String, List<String>> values) {
    String filled = fill(query, path -> filled(path, values));
    int mark = filled.indexOf('?');
    String type = mark < 0 ? filled : filled.substring(0, mark);
    Class<Resource> model = model(type);
    Multimap<String, List<IQueryParameterType>> parameters = ArrayListMultimap.create();
    UrlUtil.parseQueryString(mark < 0 ? "" : filled.substring(mark + 1))
        .forEach((name, texts) -> add(parameters, type, name, texts));
    Bundle found = repository.search(Bundle.class, model, parameters, Map.of());
    return parameters.containsKey("_count") ? found : withAllPages(found);
  }

  private static String filled(String path, Function<String, List<String>> values) {
    List<String> results = values.apply(path);
    if (results.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + path + "' has no value, so the query cannot be asked");
    }
    return results.stream().map(ParameterUtil::escapeAndUrlEncode).collect(Collectors.joining(","));
  }

  @SuppressWarnings("unchecked")
  private Class<Resource> model(String type) {
    try {
      return (Class<Resource>) fhir.getResourceDefinition(type).getImplementingClass();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("there is no resource type '" + type + "'", e);
    }
  }

  private void add(
      Multimap<String, List<IQueryParameterType>> parameters,
      String type,
      String name,
      String[] texts) {
    String base = name.split("[:.]", 2)[0];
    String qualifier = name.length() == base.length() ? null : name.substring(base.length());
    for (String text : texts) {
      List<IQueryParameterType> anyOf = new ArrayList<>();
      for (String one : QualifiedParamList.splitQueryStringByCommasIgnoreEscape(qualifier, text)) {
        IQueryParameterType parameter = parameter(type, base);
        parameter.setValueAsQueryToken(fhir, base, qualifier, one);
        anyOf.add(parameter);
      }
      parameters.put(base, anyOf);
    }
  }

  private IQueryParameterType parameter(String type, String name) {
    return switch (name) {
      case "_id", "_tag" -> new TokenParam();
      case "_lastUpdated" -> new DateParam();
      case "_count", "_sort" -> new StringParam();
      default -> parameter(fhir.getResourceDefinition(type).getSearchParam(name), type, name);
    };
  }

  private static IQueryParameterType parameter(RuntimeSearchParam known, String type, String name) {
    if (known == null) {
      throw new IllegalArgumentException(type + " has no search parameter '" + name + "'");
    }
    return switch (known.getParamType()) {
      case DATE -> new DateParam();
      case NUMBER -> new NumberParam();
      case QUANTITY -> new QuantityParam();
      case REFERENCE -> new ReferenceParam();
      case STRING -> new StringParam();
      case TOKEN -> new TokenParam();
      case URI -> new UriParam();
      default -> throw new IllegalArgumentException("'" + name + "' cannot be used in a query");
    };
  }

  private Bundle withAllPages(Bundle first) {
    Bundle page = first;
    for (int i = 0; page.getLink(Bundle.LINK_NEXT) != null && page.hasEntry(); i++) {
      if (i == MOST_PAGES) {
        throw new IllegalArgumentException("the query has too many results: narrow it");
      }
      page = repository.link(Bundle.class, page.getLink(Bundle.LINK_NEXT).getUrl());
      first.getEntry().addAll(page.getEntry());
    }
    return first;
  }
}
