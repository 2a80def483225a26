package io.arranque.plan;

/**
 * A value of the boot plan with its origin.
 *
 * @param value what the machine gets
 * @param origin who said so
 * @param secret whether people must not see it
 */
public record Planned<T>(T value, Origin origin, boolean secret) {
  /** Stands for a secret wherever people look. */
  public static final String MASK = "********";

  public static <T> Planned<T> of(T value, Origin origin) {
    return new Planned<>(value, origin, false);
  }

  /** The value for people's eyes. */
  public String shown() {
    return secret ? MASK : String.valueOf(value);
  }
}
