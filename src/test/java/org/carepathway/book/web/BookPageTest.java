package org.carepathway.book.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.carepathway.RunningService;
import org.carepathway.security.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The books over HTTP. */
class BookPageTest extends RunningService {

  private static final String BOOK = "/books/vertebroplasty/1.0.0";

  @Autowired private JdbcTemplate jdbc;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coordinator",
        "physician",
        "nurse",
        "scheduler",
        "referrer",
        "admin",
        "ehr",
        "auditor"
      })
  void everybodySignedInReadsThem(String user) throws Exception {
    Caller caller = new Caller(port(), user).signIn();
    assertThat(caller.page("/books").body()).contains(BOOK, "/books/kyphoplasty/1.0.0");
    assertThat(caller.page(BOOK).statusCode()).isEqualTo(200);
    assertThat(caller.page(BOOK).body())
        .contains("imaging-valid-days", "D6-2a", "Missed twice", "first version")
        .contains("Reviewed by a clinician");
    assertThat(caller.page(BOOK + "/book.pdf"))
        .satisfies(
            pdf -> {
              assertThat(pdf.statusCode()).isEqualTo(200);
              assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
              assertThat(pdf.body()).startsWith("%PDF");
            });
  }

  @Test
  void nobodyElseDoes() throws Exception {
    Caller nobody = new Caller(port(), "nobody");
    for (String path : List.of("/books", BOOK, BOOK + "/book.pdf")) {
      assertThat(nobody.page(path).statusCode()).as(path).isIn(302, 401, 403);
    }
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    Caller caller = new Caller(port(), "physician").signIn();
    for (String path :
        List.of(
            "/books/vertebroplasty/9.9.9",
            "/books/vertebroplasty/9.9.9/book.pdf",
            "/books/base/current",
            "/books/none/1.0.0",
            "/books/none/1.0.0/book.pdf")) {
      assertThat(caller.page(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void anHeirShowsWhatIsItsOwn() throws Exception {
    Caller caller = new Caller(port(), "physician").signIn();
    assertThat(caller.page("/books/kyphoplasty/1.0.0").body())
        .contains("What differs from", "balloon-pressure-max", "id=\"form-triage\"");
    assertThat(caller.page("/books/kyphoplasty/1.0.0?only=own").body())
        .contains("balloon-pressure-max")
        .doesNotContain("id=\"form-triage\"");
  }

  @Test
  void aVersionIsComparedWithTheOneBefore() throws Exception {
    jdbc.update(
        "insert into pathway_content (pathway_key, version, path, sha256, body)"
            + " select pathway_key, '0.9.0', path, sha256,"
            + " replace(replace(body, '42.0', '41.0'), 'imaging-valid-days: {value: 28',"
            + " 'imaging-valid-days: {value: 21') from pathway_content"
            + " where pathway_key = 'vertebroplasty' and version = '1.0.0'");
    try {
      String page = new Caller(port(), "physician").signIn().page(BOOK).body();
      assertThat(page)
          .contains("What changed since version 0.9.0")
          .contains("from 33.0 to 41.0", "Delivered: 21 days → 28 days");
    } finally {
      jdbc.update("delete from pathway_content where version = '0.9.0'");
    }
  }
}
