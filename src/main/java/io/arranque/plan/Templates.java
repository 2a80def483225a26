package io.arranque.plan;

import io.arranque.site.Script;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.attributes.methodaccess.BlacklistMethodAccessValidator;
import io.pebbletemplates.pebble.attributes.methodaccess.MethodAccessValidator;
import io.pebbletemplates.pebble.error.AttributeNotFoundException;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.error.RootAttributeNotFoundException;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.loader.StringLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pebble with strict variables and without escaping, for iPXE scripts and documents. Thread-safe;
 * compiled templates are kept by their text, so a changed file needs no invalidation.
 */
public final class Templates {
  /** More than any site has; beyond it a site is being edited over and over, and we start anew. */
  private static final int MAX_COMPILED = 2_000;

  /** In characters; a document of a few kilobytes is a large one. */
  private static final int MAX_RENDERED = 4 << 20;

  private final PebbleEngine engine =
      new PebbleEngine.Builder()
          // Only text that is given: a template cannot read other files.
          .loader(new StringLoader())
          .strictVariables(true)
          .autoEscaping(false)
          // Otherwise the newline after each {{ value }} disappears, which ruins YAML.
          .newLineTrimming(false)
          .cacheActive(false)
          // What is typed into the page's editor is rendered as well: a slip, or somebody's idea of
          // a joke, must not take the memory that DHCP needs.
          .maxRenderedSize(MAX_RENDERED)
          .methodAccessValidator(new Harmless())
          .extension(
              new AbstractExtension() {
                @Override
                public Map<String, Filter> getFilters() {
                  return Filters.all();
                }
              })
          .build();
  private final Map<String, PebbleTemplate> compiled = new ConcurrentHashMap<>();

  /** Pebble's own rules, and none of the methods of a text that make a long one of a short one. */
  private static final class Harmless implements MethodAccessValidator {
    private static final Set<String> GROWING = Set.of("repeat", "format", "formatted", "indent");

    private final MethodAccessValidator rules = new BlacklistMethodAccessValidator();

    @Override
    public boolean isMethodAccessAllowed(Object object, Method method) {
      return !GROWING.contains(method.getName()) && rules.isMethodAccessAllowed(object, method);
    }
  }

  /** Renders a template; whatever is wrong with it comes back as a value. */
  public Rendered render(Script template, Map<String, Object> scope) {
    try {
      if (compiled.size() > MAX_COMPILED) {
        compiled.clear();
      }
      PebbleTemplate program = compiled.computeIfAbsent(template.text(), engine::getTemplate);
      StringWriter out = new StringWriter();
      program.evaluate(out, scope);
      return new Rendered.Text(out.toString());
    } catch (PebbleException e) {
      return new Rendered.Broken(template.file(), lineOf(e), messageOf(e));
    } catch (IOException | RuntimeException e) {
      // Filters refuse values by IllegalArgumentException; anything else is as much the template's.
      return new Rendered.Broken(template.file(), 0, Objects.toString(e.getMessage(), "failed"));
    }
  }

  private static int lineOf(PebbleException e) {
    Integer line = e.getLineNumber();
    return line == null ? 0 : line;
  }

  private static String messageOf(PebbleException e) {
    if (e instanceof RootAttributeNotFoundException missing) {
      return "no value named \"" + missing.getAttributeName() + "\"";
    }
    if (e instanceof AttributeNotFoundException missing) {
      return "no \"" + missing.getAttributeName() + "\" in the value before the dot";
    }
    return Objects.toString(e.getPebbleMessage(), "cannot be rendered");
  }
}
