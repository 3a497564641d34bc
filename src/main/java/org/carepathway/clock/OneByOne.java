package org.carepathway.clock;

import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does the same with each of what is due, in a transaction for each. One that fails holds up no
 * other; it is tried again next time.
 */
@Component
public class OneByOne {

  private static final Logger LOG = LoggerFactory.getLogger(OneByOne.class);

  private final TransactionTemplate transaction;

  OneByOne(TransactionTemplate transaction) {
    this.transaction = transaction;
  }

  /**
   * @param what is done and to what, for the log: {@code escalate task}
   * @param work whether something was changed
   * @return how many were changed
   */
  public <T> int run(String what, List<T> due, Predicate<T> work) {
    int changed = 0;
    for (T id : due) {
      try {
        changed += Boolean.TRUE.equals(transaction.execute(status -> work.test(id))) ? 1 : 0;
      } catch (ConcurrencyFailureException busy) {
        LOG.info("{} {}: somebody changes it now, later", what, id);
      } catch (RuntimeException fault) {
        LOG.error("{} {} failed; it is tried again", what, id, fault);
      }
    }
    return changed;
  }
}
