package io.arranque.web.tasks;

import java.util.Arrays;
import java.util.Optional;

/** What can be done to a selection of machines. */
enum TaskKind {
  ROLE("role", Takes.BACK),
  TAKE_ROLE("take-role", Takes.BACK),
  VARS("vars", Takes.BACK),
  POLICY("policy", Takes.BACK),
  BOOT_ONCE("boot-once", Takes.BACK),
  /**
   * The boot policy {@code never}, and not the role {@code local-disk}: the machine keeps its role
   * and values, so that taking it back is one step, and its firmware is not even sent a loader.
   */
  LOCAL_BOOT("local-boot", Takes.BACK),
  REINSTALL("reinstall", Takes.BACK_UNTIL_USED),
  WAKE("wake", Takes.NOTHING_BACK),
  ARM("arm", Takes.BACK_UNTIL_USED),
  DISARM("disarm", Takes.BACK),
  FORGET("forget", Takes.BACK_MOSTLY);

  /** Whether it can be undone. */
  enum Takes {
    BACK,
    /** Until the machine has booted, or was told its secrets. */
    BACK_UNTIL_USED,
    /** All but the boot under way. */
    BACK_MOSTLY,
    NOTHING_BACK
  }

  private final String label;
  private final Takes takes;

  TaskKind(String label, Takes takes) {
    this.label = label;
    this.takes = takes;
  }

  /** The word in the API and in message keys. */
  String label() {
    return label;
  }

  boolean isUndoable() {
    return takes != Takes.NOTHING_BACK;
  }

  static Optional<TaskKind> named(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }
}
