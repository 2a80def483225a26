package io.arranque.conformance.http;

import io.arranque.conformance.Case;
import io.arranque.conformance.Cases;
import java.util.List;

/** All of HTTP's cases, in the order of the table. */
final class HttpCases {
  private HttpCases() {}

  static List<Case<HttpLab>> all() {
    Cases<HttpLab> cases = new Cases<>();
    GetCases.add(cases);
    TargetCases.add(cases);
    ConnectionCases.add(cases);
    RangeCases.add(cases);
    ConditionCases.add(cases);
    MethodCases.add(cases);
    MalformedCases.add(cases);
    FramingCases.add(cases);
    RoomCases.add(cases);
    BadCableCases.add(cases);
    return cases.list();
  }
}
