package io.arranque.site;

import io.arranque.dhcp.packet.OptionSetting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a machine is for: {@code cloud-init/NAME/}.
 *
 * @param name the folder's name
 * @param description one sentence for people
 * @param boot the script that starts it
 * @param image the image it boots; empty for scripts that need none
 * @param arguments kernel arguments, a template
 * @param vars the values it takes, by name, in file order
 * @param options DHCP options for its machines
 * @param match rules by which unassigned machines get this role
 * @param documents templates by file name
 * @param overlay templates by their path inside the initrd overlay, without leading slash
 * @param policy when its machines boot over the network, unless they have a policy of their own
 * @param wants what its machines are to have, for systems whose documents we build ourselves
 * @param values what it sets for templates; beats site and segment, where a default only fills a
 *     gap
 * @param arming which boots are told its secrets, wherever they are; empty: as the segment says
 */
public record Role(
    String name,
    String description,
    String boot,
    Optional<String> image,
    String arguments,
    Map<String, Var> vars,
    List<OptionSetting> options,
    List<Rule> match,
    SortedMap<String, Script> documents,
    SortedMap<String, Script> overlay,
    RolePolicy policy,
    Wants wants,
    Map<String, Object> values,
    Optional<ArmingRule> arming) {

  /** The same with these variables and values. */
  Role with(Map<String, Var> declared, Map<String, Object> set) {
    return new Role(
        name,
        description,
        boot,
        image,
        arguments,
        declared,
        options,
        match,
        documents,
        overlay,
        policy,
        wants,
        set,
        arming);
  }

  /** One that sets no values and tells its secrets as its segment does. */
  public Role(
      String name,
      String description,
      String boot,
      Optional<String> image,
      String arguments,
      Map<String, Var> vars,
      List<OptionSetting> options,
      List<Rule> match,
      SortedMap<String, Script> documents,
      SortedMap<String, Script> overlay,
      RolePolicy policy,
      Wants wants) {
    this(
        name,
        description,
        boot,
        image,
        arguments,
        vars,
        options,
        match,
        documents,
        overlay,
        policy,
        wants,
        Map.of(),
        Optional.empty());
  }

  /** One without DHCP options that boots each time and wants nothing. */
  public Role(
      String name,
      String description,
      String boot,
      Optional<String> image,
      String arguments,
      Map<String, Var> vars,
      List<Rule> match,
      SortedMap<String, Script> documents,
      SortedMap<String, Script> overlay) {
    this(
        name,
        description,
        boot,
        image,
        arguments,
        vars,
        List.of(),
        match,
        documents,
        overlay,
        RolePolicy.ALWAYS,
        Wants.NOTHING);
  }

  /**
   * A value that a role takes.
   *
   * @param type what is accepted
   * @param required whether a machine cannot boot without it
   * @param defaultValue used when nobody set it
   * @param description for people
   */
  public record Var(
      VarType type, boolean required, Optional<Object> defaultValue, String description) {}
}
