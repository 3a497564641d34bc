package org.carepathway.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * A request was answered; told as an event, for the audit.
 *
 * @param name sign-in name of who asked; {@code anonymous} where nobody was signed in
 * @param display the name that people read
 * @param signedIn whether somebody was signed in
 * @param status of the answer
 * @param shown ids of the Patients that the answer is about
 * @param refused ids of the Patients that were asked for and are out of sight
 * @param export whether the answer is a file to keep or hand on
 * @param emergency whether a record was seen that was opened in an emergency
 * @param noted whether it is for the audit although it shows no Patient
 */
public record RequestEnded(
    HttpServletRequest request,
    String name,
    String display,
    boolean signedIn,
    int status,
    Set<String> shown,
    Set<String> refused,
    boolean export,
    boolean emergency,
    boolean noted) {}
