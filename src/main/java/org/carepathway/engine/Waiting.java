package org.carepathway.engine;

/** What a pathway waits for, as parts of the SQL of a list of many pathways. */
public final class Waiting {

  private Waiting() {}

  /**
   * The next time at which a pathway goes on by itself, as {@code until}, {@code process} and
   * {@code element}: at most one row.
   *
   * @param pathway column with its id
   */
  public static String next(String pathway) {
    return """
    select j.duedate_ as until, j.process_def_key_ as process, j.handler_cfg_ as element
    from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_
    where e.business_key_ = %s::text and j.handler_type_ = 'timer-intermediate-transition'
    order by j.duedate_ limit 1
    """
        .formatted(pathway);
  }

  /**
   * Whether a step of a pathway has failed on every try.
   *
   * @param pathway column with its id
   */
  public static String hasFailed(String pathway) {
    return """
    exists (select 1 from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_
            where e.business_key_ = %s::text and j.retries_ = 0)
    """
        .formatted(pathway);
  }
}
