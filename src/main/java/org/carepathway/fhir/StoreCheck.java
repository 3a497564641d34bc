package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Base;

/** Reads the present version of all that is stored, a few hundred at a time. */
final class StoreCheck {

  private static final int AT_A_TIME = 500;
  private static final String STORED =
      """
      select r.res_type, r.fhir_id, v.res_ver, v.res_encoding, v.res_text_vc
      from hfj_resource r join hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
      where r.res_deleted_at is null order by r.res_id\
      """;

  private final Connection database;

  /** As the store reads (HAPI's JpaStorageResourceParser): what it forgives is forgiven here. */
  private final IParser parser =
      FhirContext.forR4Cached()
          .newJsonParser()
          .setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());

  StoreCheck(Connection database) {
    this.database = database;
  }

  /**
   * @param resources that were read, and those that could not be
   */
  record Result(long resources, long unreadable) {}

  /**
   * @param told of each that cannot be read: what it is and why, without what it holds
   */
  Result run(Consumer<String> told) throws SQLException {
    database.setAutoCommit(false);
    long resources = 0;
    long unreadable = 0;
    try (PreparedStatement stored = database.prepareStatement(STORED)) {
      stored.setFetchSize(AT_A_TIME);
      ResultSet rows = stored.executeQuery();
      while (rows.next()) {
        resources++;
        Optional<String> fault =
            fault(rows.getString("res_encoding"), rows.getString("res_text_vc"));
        if (fault.isPresent()) {
          unreadable++;
          told.accept(
              "%s/%s, version %d: %s"
                  .formatted(
                      rows.getString("res_type"),
                      rows.getString("fhir_id"),
                      rows.getLong("res_ver"),
                      fault.get()));
        }
      }
    } finally {
      database.rollback();
    }
    return new Result(resources, unreadable);
  }

  private Optional<String> fault(String encoding, String text) {
    if (text == null || !"JSON".equals(encoding)) {
      return Optional.of("It is not stored as JSON text.");
    }
    try {
      return LargeNumbers.in((Base) parser.parseResource(text))
          .map(path -> path + ": " + NumberLimit.RULE);
    } catch (RuntimeException unreadable) {
      // Of many kinds: HAPI throws what it stumbles over.
      return Optional.of(UnreadableCause.of(unreadable));
    }
  }
}
