package io.arranque.lab;

import io.arranque.diagnosis.Symptom;
import java.util.Optional;

/**
 * A fault that a test really causes, and what must then be said of it.
 *
 * @param symptom what is told
 * @param words that its sentence has
 * @param role of the PC that has the fault; empty: nobody entered it
 * @param cause what the PC does; nothing for real PCs, whose test causes it otherwise
 */
record Fault(Symptom symptom, String words, Optional<String> role, Cause cause) {

  /** What a simulated PC does on the wire. */
  interface Cause {
    void by(SimulatedPc pc);
  }

  /** Of a PC with that role. */
  static Fault of(Symptom symptom, String words, String role, Cause cause) {
    return new Fault(symptom, words, Optional.of(role), cause);
  }

  /** Of a PC that nobody entered. */
  static Fault ofStranger(Symptom symptom, String words, Cause cause) {
    return new Fault(symptom, words, Optional.empty(), cause);
  }

  @Override
  public String toString() {
    return symptom.name();
  }
}
