package io.arranque.exchange;

import io.arranque.exchange.Proposal.FieldChange;
import io.arranque.exchange.Proposal.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An import in lines for a terminal, in English. */
public final class Report {
  private Report() {}

  /**
   * @param applied whether it was done; else it would be
   */
  public static List<String> lines(Outcome outcome, boolean applied) {
    List<String> lines = new ArrayList<>();
    outcome.remarks().forEach(remark -> lines.add(line(remark)));
    for (Proposal proposal : outcome.proposals()) {
      if (proposal.state() != State.UNCHANGED) {
        lines.add(
            "line %d: %s %s %s%s"
                .formatted(
                    proposal.line(),
                    proposal.state().label(),
                    proposal.key(),
                    proposal.name(),
                    changes(proposal)));
      }
      proposal.remarks().forEach(remark -> lines.add(line(remark)));
    }
    lines.add(summary(outcome, applied));
    // What a file holds must not drive the terminal.
    return lines.stream().map(line -> line.replaceAll("\\p{Cntrl}", " ")).toList();
  }

  private static String line(Remark remark) {
    String where = remark.line() == 0 ? "" : "line " + remark.line() + ": ";
    return where + (remark.refuses() ? "refused: " : "note: ") + remark.message();
  }

  private static String changes(Proposal proposal) {
    StringBuilder text = new StringBuilder();
    for (FieldChange change : proposal.changes()) {
      text.append(text.isEmpty() ? ": " : ", ")
          .append(change.field())
          .append(' ')
          .append(shown(change.from()))
          .append(" → ")
          .append(shown(change.to()));
    }
    return text.toString();
  }

  private static String shown(Optional<String> value) {
    return value.orElse("-");
  }

  private static String summary(Outcome outcome, boolean applied) {
    Map<State, Integer> counts = outcome.counts();
    String numbers =
        "%d new, %d changed, %d unchanged, %d forgotten, %d refused"
            .formatted(
                counts.get(State.NEW),
                counts.get(State.CHANGED),
                counts.get(State.UNCHANGED),
                counts.get(State.FORGOTTEN),
                counts.get(State.REFUSED));
    if (applied) {
      return "Imported: " + numbers + ".";
    }
    return (outcome.isRefused() ? "Nothing was imported: " : "Not imported yet: ") + numbers + ".";
  }
}
