package org.carepathway.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.hibernate.HibernateException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * What the database says of itself in a fault, whoever has wrapped it. HAPI hands the failure of a
 * search on as text only, and makes a conflict (409) of much that is none.
 */
enum DatabaseFault {
  /** No connection, or one that broke. */
  GONE,
  /** A statement took too long and was cancelled. */
  TOO_SLOW,
  /** It does not take a value: too long for a column or an index, or no text. */
  UNSTORABLE,
  /** Another transaction was faster. */
  CONFLICT,
  OTHER;

  private static final Pattern GONE_STATES = Pattern.compile("08...|53...|57P..");
  private static final Pattern CONFLICT_STATES = Pattern.compile("23505|40001|40P01|55P03");
  private static final Pattern VALUE_STATES = Pattern.compile("22...|54000");
  private static final String CANCELLED_STATE = "57014";

  private static final Pattern GONE_TEXT =
      Pattern.compile(
          "terminating connection|connection has been closed|Connection is closed|I/O error occurred while sending|"
              + "Connection is not available|Unable to acquire JDBC|refused\\. Check that");
  private static final Pattern CANCELLED_TEXT = Pattern.compile("canceling statement");
  private static final Pattern SQL_TEXT =
      Pattern.compile(
          "could not (execute|extract|prepare)|JDBC exception|SQL \\[|constraint \\[|"
              + "\\[(select|insert into|update|delete from) ");

  /** Empty where the fault is none of the database. */
  static Optional<DatabaseFault> of(Throwable fault) {
    return ExceptionUtils.getThrowableList(fault).stream()
        .filter(SQLException.class::isInstance)
        .map(cause -> ((SQLException) cause).getSQLState())
        .filter(state -> state != null)
        .findFirst()
        .map(DatabaseFault::ofState)
        .or(() -> ofType(fault))
        .or(() -> isRefusal(fault) ? Optional.empty() : ofText(String.valueOf(fault.getMessage())));
  }

  /** Words of ours or of the sender, which may be about SQL. */
  private static boolean isRefusal(Throwable fault) {
    return fault instanceof BaseServerResponseException known
        && known.getStatusCode() < 500
        && !(fault instanceof ResourceVersionConflictException);
  }

  private static DatabaseFault ofState(String state) {
    if (state.equals(CANCELLED_STATE)) {
      return TOO_SLOW;
    }
    if (GONE_STATES.matcher(state).matches()) {
      return GONE;
    }
    if (VALUE_STATES.matcher(state).matches()) {
      return UNSTORABLE;
    }
    return CONFLICT_STATES.matcher(state).matches() ? CONFLICT : OTHER;
  }

  private static Optional<DatabaseFault> ofType(Throwable fault) {
    if (has(fault, CannotCreateTransactionException.class)
        || has(fault, DataAccessResourceFailureException.class)) {
      return Optional.of(GONE);
    }
    if (has(fault, QueryTimeoutException.class)) {
      return Optional.of(TOO_SLOW);
    }
    if (has(fault, ConcurrencyFailureException.class)) {
      return Optional.of(CONFLICT);
    }
    // HAPI's DAOs are repositories to Spring, which translates a wrong argument too.
    if (has(fault, InvalidDataAccessApiUsageException.class)) {
      return Optional.empty();
    }
    return has(fault, DataAccessException.class) || has(fault, HibernateException.class)
        ? Optional.of(has(fault, ResourceVersionConflictException.class) ? CONFLICT : OTHER)
        : Optional.empty();
  }

  private static Optional<DatabaseFault> ofText(String text) {
    if (CANCELLED_TEXT.matcher(text).find()) {
      return Optional.of(TOO_SLOW);
    }
    if (GONE_TEXT.matcher(text).find()) {
      return Optional.of(GONE);
    }
    return SQL_TEXT.matcher(text).find() ? Optional.of(OTHER) : Optional.empty();
  }

  private static boolean has(Throwable fault, Class<? extends Throwable> type) {
    return ExceptionUtils.indexOfType(fault, type) >= 0;
  }
}
