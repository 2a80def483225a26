package io.arranque.documents.rancheros;

import io.arranque.documents.Finding;
import io.arranque.documents.rancheros.Tree.Entries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From what a role wants to what RancherOS has to be told, each thing over the channel on which it
 * listens: the kernel's command line, the cloud-config that it fetches, or one in a second initrd.
 */
public final class RancherOs {
  private RancherOs() {}

  /**
   * Decides.
   *
   * @param wishes by key of {@code role.yaml}; those inside of another with a dot
   * @param own the role's own cloud-config, rendered; what is wanted is added to it
   */
  public static Told tell(Subject subject, Map<String, Wish> wishes, Optional<String> own) {
    Wishes asked = new Wishes(wishes);
    String word = asked.text("channel").orElse("auto");
    Optional<Channel> named = Channel.named(word);
    if (named.isPresent()) {
      return told(named.get(), "role.yaml says so", subject, wishes, own);
    }
    Told fetched = told(Channel.URL, "", subject, wishes, own);
    if (!word.equals("auto")) {
      List<Remark> remarks = new ArrayList<>(fetched.remarks());
      Finding unknown =
          Finding.error(asked.line("channel"), "channel: unknown, wanted url, overlay or auto");
      remarks.add(new Remark(Remark.Place.ROLE, unknown));
      return new Told(
          fetched.channel(), fetched.words(), fetched.document(), fetched.choices(), remarks);
    }
    if (fetched.hasErrors()) {
      Told early = told(Channel.OVERLAY, because(fetched), subject, wishes, own);
      if (!early.hasErrors()) {
        return early;
      }
    }
    return told(Channel.URL, "nothing in it is needed before it is fetched", subject, wishes, own);
  }

  private static String because(Told fetched) {
    return fetched.remarks().stream()
        .filter(Remark::isError)
        .map(remark -> remark.finding().message().replaceFirst(", wanted.*|; wanted.*", ""))
        .findFirst()
        .map(reason -> "fetched by URL it would fail: " + reason)
        .orElse("");
  }

  private static Told told(
      Channel channel,
      String why,
      Subject subject,
      Map<String, Wish> wishes,
      Optional<String> own) {
    Wishes asked = new Wishes(wishes);
    Writer writer = new Writer(channel, subject, asked);
    writer.write(why);
    List<Remark> remarks = new ArrayList<>();
    Entries root = writer.root();
    if (own.isPresent()) {
      root = withOwn(root, own.get(), channel, remarks);
    }
    String document =
        Emitter.document(
            "For "
                + subject.hostname()
                + ". Made by Arranque from role.yaml, by channel: "
                + channel.label(),
            root);
    remarks.addAll(asked.remarks());
    if (remarks.stream().noneMatch(Remark::isError)) {
      // Nothing should be found any more; what is must not reach a machine.
      for (Finding finding : CloudConfigLinter.lint(document, channel)) {
        if (finding.severity() == Finding.Severity.ERROR) {
          remarks.add(
              new Remark(
                  Remark.Place.ROLE, Finding.error(1, "what was made: " + finding.message())));
        }
      }
    }
    return new Told(channel, writer.words(), document, writer.choices(), List.copyOf(remarks));
  }

  /** What a role wants comes first, then what its own file says; never both of one thing. */
  private static Entries withOwn(Entries root, String own, Channel channel, List<Remark> remarks) {
    List<Finding> found = CloudConfigLinter.lint(own, channel);
    found.forEach(finding -> remarks.add(new Remark(Remark.Place.DOCUMENT, finding)));
    List<Finding> ignored = new ArrayList<>();
    Optional<Entries> tree = CloudConfigLinter.parse(own, ignored).map(Reading::entries);
    if (tree.isEmpty()) {
      return root;
    }
    List<String> clashes = new ArrayList<>();
    Entries both = Tree.merged(root, tree.get(), "", clashes);
    for (String clash : clashes) {
      String hint =
          clash.endsWith(" " + Writer.RC_LOCAL)
              ? ", wanted yours as " + Writer.LOCAL + ", which the other runs"
              : ", wanted it in one of them";
      remarks.add(
          new Remark(
              Remark.Place.DOCUMENT,
              Finding.error(
                  Reading.lineOf(own, clash),
                  clash + ": set here and by what role.yaml wants" + hint)));
    }
    return both;
  }
}
