package io.arranque.web.base;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is wrong with one field of a request.
 *
 * @param line of the file that was sent; 0, which is not told, where there is no file
 */
public record FieldError(
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int line,
    String field,
    String rule,
    String message) {
  public FieldError(String field, String rule, String message) {
    this(0, field, rule, message);
  }
}
