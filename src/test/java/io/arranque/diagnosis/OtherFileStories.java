package io.arranque.diagnosis;

import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.List;

/** Files that are missing and are no stage of a boot: some stop it, some are only looked for. */
final class OtherFileStories {
  private OtherFileStories() {}

  static List<Story> all() {
    return List.of(
        Story.of(Symptom.OTHER_FILE_NOT_FOUND, "asked for images/lab/root.squashfs")
            .loaded()
            .withoutDocuments()
            .then(3, Stage.INITRD, Reason.OTHER_FILE_MISSING, "images/lab/root.squashfs")
            .later(30),
        Story.of(Symptom.HANDED_OVER, "")
            .loaded()
            .withoutDocuments()
            .then(3, Stage.INITRD, Reason.OTHER_FILE_MISSING, "images/lab/updates.img")
            .later(5),
        Story.of(Symptom.OTHER_FILE_NOT_FOUND, "asked for /agent.tgz")
            .systemAddressed()
            .then(3, Stage.INITRD, Reason.OTHER_FILE_MISSING, "/agent.tgz")
            .later(60),
        Story.of(Symptom.OTHER_FILE_NOT_FOUND, "asked for images/lab/initrd2")
            .script()
            .then(3, Stage.KERNEL, Reason.OK, "lab/vmlinuz", 14_000_000)
            .then(1, Stage.INITRD, Reason.OTHER_FILE_MISSING, "images/lab/initrd2")
            .later(30),
        Story.of(Symptom.OTHER_FILE_NOT_FOUND, "asked for images/lba/vmlinuz")
            .script()
            .then(1, Stage.INITRD, Reason.OTHER_FILE_MISSING, "images/lba/vmlinuz")
            .later(30),
        Story.of(Symptom.FILE_NOT_FOUND, "asked for lab/vmlinuz")
            .script()
            .then(1, Stage.KERNEL, Reason.FILE_MISSING, "lab/vmlinuz")
            .then(1, Stage.INITRD, Reason.OTHER_FILE_MISSING, "images/lab/logo.png"),
        Story.of(Symptom.NEVER_REPORTED, "")
            .loaded()
            .then(2, Stage.INITRD, Reason.OTHER_FILE_MISSING, "images/lab/updates.img")
            .then(9, Stage.CLOUD_CONFIG, "user-data")
            .later(3600));
  }
}
