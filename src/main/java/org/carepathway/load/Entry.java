package org.carepathway.load;

import java.util.List;

/**
 * A resource in a file. Its body is read again when it is sent, so that a load may be larger than
 * the memory.
 *
 * @param file its number
 * @param place in the file: the number of the entry of a Bundle, or of the line, from 1
 * @param type of the resource
 * @param id in the resource; null without one
 * @param fullUrl of the entry; null without one
 * @param request how the sender wants it stored: the method and address; null where nothing says
 * @param ifNoneExist the sender's condition; null without one
 * @param numbers its identifiers, as {@code system|value}
 * @param recordNumber of a Patient, of the type MR; null without one
 * @param references what it refers to, as it is written
 * @param hash of its content
 * @param bytes length of its content
 */
record Entry(
    int file,
    int place,
    String type,
    String id,
    String fullUrl,
    String request,
    String ifNoneExist,
    List<String> numbers,
    String recordNumber,
    List<String> references,
    String hash,
    int bytes) {

  /** By what it is called where nothing else names it. */
  String name() {
    return id == null ? type + " without an id" : type + '/' + id;
  }

  /** Under this name it is kept what became of it. */
  String key() {
    return (fullUrl == null ? name() : fullUrl) + ' ' + hash;
  }
}
