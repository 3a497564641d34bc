package org.carepathway.pathway;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code referral_number}: every number of each referral that has started a pathway. */
@Repository
class ReferralNumbers {

  private final JdbcClient jdbc;

  ReferralNumbers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds the numbers of a pathway's referral; waits for a transaction that adds one of them.
   *
   * @return false when another referral to the same pathway has one of them
   */
  boolean add(Pathway pathway, Collection<String> numbers) {
    // In one order, so that two senders of the same numbers do not wait for each other.
    numbers.stream()
        .sorted()
        .forEach(
            number ->
                jdbc.sql(
                        """
                        insert into referral_number (number, pathway_key, pathway_id)
                        values (:number, :key, :id)
                        on conflict (number, pathway_key) do nothing""")
                    .param("number", number)
                    .param("key", pathway.key())
                    .param("id", pathway.id())
                    .update());
    return numbers.isEmpty()
        || jdbc.sql(
                    """
                    select count(*) from referral_number
                    where number in (:numbers) and pathway_key = :key and pathway_id <> :id""")
                .param("numbers", numbers)
                .param("key", pathway.key())
                .param("id", pathway.id())
                .query(Long.class)
                .single()
            == 0;
  }

  /** Whether one of them is a referral's of somebody else, to whichever pathway. */
  boolean isOfOther(Collection<String> numbers, String patientId) {
    return !numbers.isEmpty()
        && jdbc.sql(
                """
                select exists (
                  select 1 from referral_number n join pathway p on p.id = n.pathway_id
                  where n.number in (:numbers) and p.patient_id <> :patient)""")
            .param("numbers", numbers)
            .param("patient", patientId)
            .query(Boolean.class)
            .single();
  }

  /** How many referrals to this pathway have one of these numbers. */
  int referrals(Collection<String> numbers, String pathwayKey) {
    return jdbc.sql(
            """
            select count(distinct pathway_id) from referral_number
            where number in (:numbers) and pathway_key = :key""")
        .param("numbers", numbers)
        .param("key", pathwayKey)
        .query(Integer.class)
        .single();
  }
}
