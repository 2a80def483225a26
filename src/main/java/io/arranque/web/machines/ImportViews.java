package io.arranque.web.machines;

import io.arranque.exchange.Format;
import io.arranque.exchange.Outcome;
import io.arranque.exchange.Proposal;
import io.arranque.exchange.Proposal.State;
import io.arranque.exchange.Remark;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An import as page and API show it. */
final class ImportViews {
  private ImportViews() {}

  record RemarkView(int line, String field, String rule, String message, boolean refuses) {}

  /** {@code from} and {@code to} are null where there is no value. */
  record ChangeView(String field, @Nullable String from, @Nullable String to) {}

  record RowView(
      int line,
      String kind,
      String key,
      String name,
      String state,
      List<ChangeView> changes,
      List<RemarkView> remarks) {}

  record ImportView(
      String format,
      boolean applied,
      SortedMap<String, Integer> counts,
      List<RowView> rows,
      List<RemarkView> remarks,
      String undo,
      String fingerprint) {}

  interface Words {
    String of(Remark remark);
  }

  static ImportView of(Imports.Result result, Words words) {
    Outcome outcome = result.outcome();
    SortedMap<String, Integer> counts = new TreeMap<>();
    outcome.counts().forEach((state, count) -> counts.put(state.label(), count));
    return new ImportView(
        outcome.format().map(Format::label).orElse(""),
        result.applied(),
        counts,
        outcome.proposals().stream().map(proposal -> row(proposal, words)).toList(),
        outcome.remarks().stream().map(remark -> remark(remark, words)).toList(),
        result.applied() ? outcome.undo() : "",
        result.fingerprint());
  }

  private static RowView row(Proposal proposal, Words words) {
    return new RowView(
        proposal.line(),
        proposal.kind(),
        proposal.key(),
        proposal.name(),
        proposal.state().label(),
        proposal.changes().stream()
            .map(c -> new ChangeView(c.field(), c.from().orElse(null), c.to().orElse(null)))
            .toList(),
        proposal.remarks().stream().map(remark -> remark(remark, words)).toList());
  }

  private static RemarkView remark(Remark remark, Words words) {
    return new RemarkView(
        remark.line(), remark.field(), remark.rule(), words.of(remark), remark.refuses());
  }

  /** What is worth a look comes first; what stays as it is need not be listed. */
  static List<RowView> shown(ImportView view, int most) {
    return view.rows().stream()
        .filter(row -> !row.state().equals(State.UNCHANGED.label()) || !row.remarks().isEmpty())
        .sorted((one, other) -> Boolean.compare(isRefused(other), isRefused(one)))
        .limit(most)
        .toList();
  }

  private static boolean isRefused(RowView row) {
    return row.state().equals(State.REFUSED.name().toLowerCase(Locale.ROOT));
  }
}
