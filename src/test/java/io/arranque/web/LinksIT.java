package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Follows every link of every page, as each kind of user, in both languages. */
class LinksIT {
  /** Of pages that differ by a machine or a number only, so many are opened in the browser. */
  private static final int ALIKE = 3;

  /** What can be gone to from a page: links, forms that only ask, files that it loads. */
  private static final String LINKS =
      """
      () => [...document.querySelectorAll("a[href], link[href], script[src], img[src]")]
        .map((e) => e.href || e.src)
        .concat([...document.querySelectorAll("form")].filter((f) => f.method === "get" && f.checkValidity())
          .map((f) => Object.assign(new URL(f.action), { search: new URLSearchParams(new FormData(f)) }).href))
        .concat([...document.querySelectorAll("[hx-get]")].filter((e) => !e.closest("form[hx-get]"))
          .map((e) => new URL(e.getAttribute("hx-get"), location).href))
      """;

  private static final String IDS = "() => [...document.querySelectorAll('[id]')].map((e) => e.id)";

  /** Words of people's making stand in code, in fields and in marked data: not in these. */
  private static final String WORDS =
      """
      () => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const words = [];
        while (walker.nextNode()) {
          const at = walker.currentNode.parentElement;
          if (!at.closest("code, pre, script, template, .said, [lang]")) words.push(walker.currentNode.data.trim());
        }
        for (const e of document.querySelectorAll(":is([aria-label], [placeholder], [title], [alt]):not([translate=no])"))
          for (const name of ["aria-label", "placeholder", "title", "alt"])
            if (e.getAttribute(name)) words.push(e.getAttribute(name).trim());
        return [...new Set(words.filter(Boolean))];
      }
      """;

  private final Set<String> wrong = new TreeSet<>();
  private final Map<String, Set<String>> ids = new HashMap<>();
  private final Map<String, String> fragments = new TreeMap<>();

  @ParameterizedTest
  @CsvSource({"ana, en", "ana, es", "oscar, en", "vera, es"})
  @Timeout(300)
  void no_link_is_dead_and_every_word_is_in_the_page_s_language(
      String user, String language, @TempDir Path folder) throws Exception {
    World world = new World(folder);
    DemoRoom.fill(world);
    DemoRoom.people(world);
    DemoRoom.files(world);
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      String base = "http://127.0.0.1:" + plane.port();
      Page page = chrome.page(Chrome.Look.DESKTOP.in(language));
      page.navigate(base + "/login");
      check(page, base + "/login", language);
      page.fill("#name", user);
      page.fill("#password", DemoRoom.PASSWORD);
      page.click("button[type=submit]");
      int seen = walk(page, base, language);
      assertThat(seen).as("addresses that were visited").isGreaterThan(50);
      for (Map.Entry<String, String> link : fragments.entrySet()) {
        String target = link.getKey();
        String path = target.substring(0, target.indexOf('#'));
        String id = target.substring(target.indexOf('#') + 1);
        if (ids.containsKey(path) && !ids.get(path).contains(id)) {
          wrong.add(link.getValue() + ": nothing has the id of " + target);
        }
      }
      chrome.complaints().forEach(text -> wrong.add("console: " + text));
      assertThat(wrong).isEmpty();
    }
  }

  private int walk(Page page, String base, String language) throws Exception {
    Deque<String> left = new ArrayDeque<>(List.of(base + "/"));
    Set<String> known = new HashSet<>(left);
    Map<String, Integer> alike = new HashMap<>();
    while (!left.isEmpty()) {
      String address = left.removeFirst();
      if (alike.merge(shape(address), 1, Integer::sum) > ALIKE) {
        ask(page, address);
      } else {
        for (String link : open(page, base, address, language)) {
          if (known.add(link)) {
            left.add(link);
          }
        }
      }
    }
    return known.size();
  }

  /** The links of a page; none of what is not a page. */
  private List<String> open(Page page, String base, String address, String language) {
    if (!ask(page, address).contains("</main>")) {
      return List.of(); // a file, or a part of a page
    }
    page.navigate(address);
    check(page, address, language);
    List<String> inside = new ArrayList<>();
    for (Object link : (List<?>) page.evaluate(LINKS)) {
      String text = String.valueOf(link);
      if (!text.startsWith(base)) {
        wrong.add(address + ": leads out of the appliance, where rooms have no way: " + text);
      } else if (!text.contains("/language/")) {
        int hash = text.indexOf('#');
        if (hash >= 0) {
          fragments.put(text, address);
        }
        inside.add(hash < 0 ? text : text.substring(0, hash));
      }
    }
    return inside;
  }

  private void check(Page page, String address, String language) {
    Set<String> here = new HashSet<>();
    for (Object id : (List<?>) page.evaluate(IDS)) {
      if (!here.add(String.valueOf(id))) {
        wrong.add(address + ": two elements have the id " + id);
      }
    }
    ids.put(address, here);
    Words words = Words.of(language);
    for (Object text : (List<?>) page.evaluate(WORDS)) {
      words.complaint(String.valueOf(text)).ifPresent(c -> wrong.add(shape(address) + ": " + c));
    }
  }

  private String ask(Page page, String address) {
    try {
      var answer =
          page.request()
              .get(
                  address,
                  com.microsoft.playwright.options.RequestOptions.create()
                      .setMaxRedirects(0)
                      .setTimeout(10_000));
      if (answer.status() >= 400) {
        wrong.add(address + ": " + answer.status());
      }
      return answer.status() == 200 ? answer.text() : "";
    } catch (com.microsoft.playwright.PlaywrightException e) {
      wrong.add(address + ": " + e.getMessage());
      return "";
    }
  }

  private static String shape(String address) {
    String path = URI.create(address).getPath().replaceAll("([0-9a-f]{2}-){5}[0-9a-f]{2}", "MAC");
    return path.replaceAll("[0-9]+", "N");
  }

  @Test
  void an_english_sentence_on_a_spanish_page_is_found() {
    Words words = Words.of("es");
    assertThat(words.complaint("Log out")).isPresent();
    assertThat(words.complaint("Salir")).isEmpty();
    assertThat(words.complaint("nav.logout")).isPresent();
    assertThat(words.complaint("Select sala5-pc7")).isPresent();
    assertThat(words.complaint("pool: not an address range, wanted some text")).isPresent();
    assertThat(words.complaint("pool: no es un rango de direcciones")).isEmpty();
    assertThat(words.complaint("dhcp/sala5.yaml")).isEmpty();
    assertThat(words.complaint("sala5-pc7")).isEmpty();
  }
}
