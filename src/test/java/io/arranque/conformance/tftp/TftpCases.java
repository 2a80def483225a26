package io.arranque.conformance.tftp;

import io.arranque.conformance.Case;
import io.arranque.conformance.Cases;
import java.util.List;

/** All of TFTP's cases, in the order of the table. */
final class TftpCases {
  private TftpCases() {}

  static List<Case<TftpLab>> all() {
    Cases<TftpLab> cases = new Cases<>();
    ReadingCases.add(cases);
    ModeCases.add(cases);
    TransferCases.add(cases);
    RefusalCases.add(cases);
    ResendCases.add(cases);
    OptionCases.add(cases);
    BlockSizeCases.add(cases);
    SizeAndTimeCases.add(cases);
    WindowCases.add(cases);
    BadLineCases.add(cases);
    CrowdCases.add(cases);
    return cases.list();
  }
}
