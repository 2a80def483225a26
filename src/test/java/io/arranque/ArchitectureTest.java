package io.arranque;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The rules of docs/design.md. Plain tests on purpose: with one Surefire release ArchUnit's own
 * annotated fields ran no test at all and the build was green.
 */
class ArchitectureTest {
  private static final String ROOT = "io.arranque.";

  /** From the outside in; each row may use the rows below it, and nothing of its own row. */
  private static final List<List<String>> ORDER =
      List.of(
          List.of("cli"),
          List.of("cli.lab"),
          List.of("web", "store"),
          List.of(
              "web.machines",
              "web.rooms",
              "web.tasks",
              "web.network",
              "web.schedule",
              "web.people"),
          List.of("web.files", "web.images"),
          List.of("web.live"),
          List.of("web.page"),
          List.of("web.access", "web.views"),
          List.of("web.base"),
          List.of("dhcp", "tftp", "http", "images", "wake", "editor"),
          List.of("plan", "images.iso", "exchange", "walk", "schedule", "diagnosis"),
          List.of("documents.rancheros", "people"),
          List.of("inventory", "downloads", "documents"),
          List.of("site", "timeline"),
          List.of("dhcp.packet"),
          List.of("address"));

  /** Packages in which nothing but values and functions lives. */
  private static final String[] PURE = {
    ROOT + "address",
    ROOT + "dhcp.packet",
    ROOT + "diagnosis",
    ROOT + "documents",
    ROOT + "exchange",
    ROOT + "inventory",
    ROOT + "people",
    ROOT + "schedule",
    ROOT + "timeline",
    ROOT + "walk",
    ROOT + "plan"
  };

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.arranque");

  @Test
  void packages_know_only_what_lies_further_in() {
    for (int row = 0; row < ORDER.size(); row++) {
      for (String name : ORDER.get(row)) {
        noClasses()
            .that()
            .resideInAPackage(exactly(name))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbiddenFor(row, name))
            .because("the order of docs/design.md is what keeps the core pure")
            .check(PROGRAM);
      }
    }
  }

  @Test
  void the_database_knows_nothing_of_the_web() {
    noClasses()
        .that(inPackage("store"))
        .should()
        .dependOnClassesThat(inPackage("web"))
        .because("they are neighbours")
        .check(PROGRAM);
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching("io.arranque.(**)").should().beFreeOfCycles().check(PROGRAM);
  }

  @Test
  void netty_stays_in_the_servers() {
    confined("Netty", "io.netty..", outermostNameEndsWith("Server"));
  }

  @Test
  void javalin_stays_in_the_web_package() {
    confined("Javalin", "io.javalin..", inPackage("web"));
  }

  @Test
  void sql_stays_in_the_store() {
    for (String sql : List.of("java.sql..", "javax.sql..", "org.jdbi..", "org.h2..")) {
      confined("SQL", sql, inPackage("store"));
    }
  }

  @Test
  void jackson_stays_in_the_loaders_and_the_web_package() {
    // The virtual room is a client of our own API, and reads its answers.
    confined(
        "Jackson",
        "com.fasterxml..",
        inPackage("site").or(inPackage("documents")).or(inPackage("web")).or(inPackage("cli.lab")));
  }

  @Test
  void pebble_stays_in_templates_and_pages() {
    confined("Pebble", "io.pebbletemplates..", inPackage("plan").or(inPackage("web")));
  }

  @Test
  void picocli_stays_in_the_command_line() {
    confined("picocli", "picocli..", inPackage("cli"));
  }

  @Test
  void pure_code_does_not_log() {
    noClasses()
        .that(describe("are pure", c -> !isShell(c)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.slf4j..")
        .because("pure code returns reasons")
        .check(PROGRAM);
  }

  @Test
  void pure_code_asks_no_clock_and_throws_no_dice() {
    DescribedPredicate<JavaClass> pure = describe("are pure", c -> !isShell(c));
    ArchRule rule =
        noClasses()
            .that(pure)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class);
    rule.check(PROGRAM);
  }

  @Test
  void pure_packages_hold_nothing_that_changes() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(PURE)
        // Drafts and readers live within one call and are never shared.
        .and()
        .areDeclaredInClassesThat()
        .haveNameNotMatching(".*(Draft|Reader|Writer)")
        .should()
        .beFinal()
        .check(PROGRAM);
  }

  @Test
  void no_record_has_an_array() {
    // Two records with equal arrays are not equal: bytes are held as Octets.
    noClasses()
        .that(
            describe(
                "are records with an array",
                c ->
                    c.isRecord()
                        && c.getFields().stream()
                            .anyMatch(
                                f ->
                                    f.getRawType().isArray()
                                        && !f.getModifiers()
                                            .contains(
                                                com.tngtech.archunit.core.domain.JavaModifier
                                                    .STATIC))))
        .should()
        .resideInAPackage("io.arranque..")
        .allowEmptyShould(true)
        .check(PROGRAM);
  }

  @Test
  void only_main_exits() {
    noClasses()
        .that(describe("are not Main", c -> !c.getName().equals(ROOT + "cli.Main")))
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(PROGRAM);
  }

  @Test
  void only_the_command_line_prints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(PROGRAM);
  }

  @Test
  void every_package_says_what_it_is() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith("org.jspecify.annotations.NullMarked")
        .check(PROGRAM);
  }

  private static void confined(
      String what, String packages, DescribedPredicate<JavaClass> allowed) {
    noClasses()
        .that(DescribedPredicate.not(allowed))
        .should()
        .dependOnClassesThat(resideInAnyPackage(packages))
        .as(what + " stays where it belongs")
        .check(PROGRAM);
  }

  /** Classes that may touch the world: servers, loaders and watchers, the outer packages. */
  private static boolean isShell(JavaClass c) {
    String outermost = outermostName(c);
    return outermost.endsWith("Server")
        || outermost.endsWith("SiteWatcher")
        || c.getPackageName().startsWith(ROOT + "store")
        || c.getPackageName().startsWith(ROOT + "images")
        || c.getPackageName().startsWith(ROOT + "web")
        || c.getPackageName().startsWith(ROOT + "cli");
  }

  private static DescribedPredicate<JavaClass> outermostNameEndsWith(String suffix) {
    return describe("are named *" + suffix, c -> outermostName(c).endsWith(suffix));
  }

  private static String outermostName(JavaClass c) {
    String name = c.getName().substring(c.getPackageName().length() + 1);
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static DescribedPredicate<JavaClass> inPackage(String name) {
    return resideInAnyPackage(exactly(name), exactly(name) + "..");
  }

  private static String exactly(String name) {
    return ROOT + name;
  }

  private static String[] forbiddenFor(int row, String own) {
    return ORDER.stream()
        .limit(row + 1L)
        .flatMap(List::stream)
        .filter(other -> !other.equals(own))
        .flatMap(other -> Arrays.stream(new String[] {exactly(other)}))
        .toArray(String[]::new);
  }
}
