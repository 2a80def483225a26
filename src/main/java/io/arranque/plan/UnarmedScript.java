package io.arranque.plan;

import io.arranque.inventory.Provisioning;
import io.arranque.site.Script;
import io.arranque.site.Site;
import java.util.Map;
import java.util.Optional;

/**
 * The script of a machine that may not be told its role's secrets yet. A site may bring its own,
 * {@code ipxe-scripts/unarmed.ipxe}.
 */
final class UnarmedScript {
  static final String NAME = "unarmed";

  /** English and Spanish, in ASCII, as nobody knows who sits there. */
  private static final Script BUILT_IN =
      new Script(
          NAME,
          "the built-in unarmed.ipxe",
          """
          #!ipxe
          set ask {{ boot.url }}/ipxe?mac=${netX/mac:hexhyp}&uuid=${uuid}&serial=${serial:uristring}&manufacturer=${manufacturer:uristring}&product=${product:uristring}&buildarch=${buildarch}&platform=${platform}&asset=${asset:uristring}
          echo
          {% if arming.quarantined %}
          echo   {{ machine.hostname }} is quarantined: something looked like theft. Call the administrator.
          echo   En cuarentena: algo parecia un robo. Avise a quien administra la sala.
          {% elseif arming.code is empty %}
          echo   {{ machine.hostname }} waits to be armed: its role has secrets. Arm it on the page, it goes on at once.
          echo   Espera permiso: su rol tiene secretos. Alguien debe armarlo en la pagina.
          {% else %}
          echo   {{ machine.hostname }} waits for somebody to confirm this code on the page:
          echo   Confirme este codigo en la pagina:
          echo
          echo          {{ arming.code }}
          {% endif %}
          echo
          echo   MAC {{ machine.mac }}   {{ machine.vendor }} {{ machine.model }}   {{ machine.room }}
          echo
          :ask
          chain --replace ${ask}&wait=1{% if arming.token is not empty %}&pair={{ arming.token }}{% endif %} ||
          echo   The appliance does not answer. Asking again in 5 seconds.
          sleep 5
          goto ask
          """);

  private UnarmedScript() {}

  static Script of(Site site) {
    return site.scripts().getOrDefault(NAME, BUILT_IN);
  }

  /** What templates see under {@code arming}. */
  static Map<String, Object> arming(BootPlan plan) {
    Provisioning its = plan.machine().provisioning();
    Optional<Provisioning.Pairing> shown = its.pairing().filter(code -> Arming.pairing(plan));
    return Map.of(
        "quarantined", its.isQuarantined(),
        "code", shown.map(Provisioning.Pairing::code).orElse(""),
        "token", shown.map(Provisioning.Pairing::token).orElse(""));
  }
}
