package io.arranque.web.views;

import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Planned;
import io.arranque.web.views.AssignmentViews.OverriddenView;
import java.util.List;
import java.util.Set;

/** What the values of a plan override, fit to be shown. */
final class Overridden {
  private Overridden() {}

  static List<OverriddenView> option(BootPlan plan, int code) {
    return plan.overriddenOptions().getOrDefault(code, List.of()).stream()
        .map(
            setting ->
                new OverriddenView(
                    setting.value().option().map(DhcpOption::describe).orElse(""),
                    setting.origin().toString()))
        .toList();
  }

  static List<OverriddenView> var(BootPlan plan, String name, Set<String> secrets) {
    return plan.overriddenVars().getOrDefault(name, List.of()).stream()
        .map(
            value ->
                new OverriddenView(
                    secrets.contains(name) ? Planned.MASK : value.shown(),
                    value.origin().toString()))
        .toList();
  }
}
