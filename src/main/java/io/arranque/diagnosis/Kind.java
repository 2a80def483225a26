package io.arranque.diagnosis;

/** What a {@link Symptom} means for the machine. */
public enum Kind {
  GOOD,
  UNDER_WAY,
  /** Somebody has to say something, or to switch it on. */
  WAITING,
  PROBLEM
}
