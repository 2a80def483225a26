package io.arranque.web;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.loader.Loader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Pebble for the page: strict variables, everything escaped for HTML. Thread-safe. */
final class PageTemplates {
  private final PebbleEngine engine;

  PageTemplates(WebFiles files) {
    this.engine =
        new PebbleEngine.Builder()
            .loader(new WebLoader(files))
            .strictVariables(true)
            .autoEscaping(true)
            .defaultEscapingStrategy("html")
            .extension(new Filters())
            .build();
  }

  String render(String name, Map<String, Object> scope) {
    StringWriter out = new StringWriter();
    try {
      engine.getTemplate(name).evaluate(out, scope);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /** The cache key holds the file's version: an edited override is compiled anew. */
  private record WebLoader(WebFiles files) implements Loader<String> {
    @Override
    public Reader getReader(String key) {
      String name = key.substring(0, key.indexOf('@'));
      byte[] text =
          files
              .read("templates/" + name + ".html")
              .orElseThrow(() -> new LoaderException(null, "no template web/templates/" + name));
      return new StringReader(new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public void setCharset(String charset) {}

    @Override
    public void setPrefix(String prefix) {}

    @Override
    public void setSuffix(String suffix) {}

    @Override
    public String resolveRelativePath(String path, String anchor) {
      return path;
    }

    @Override
    public String createCacheKey(String name) {
      return name + "@" + files.version("templates/" + name + ".html");
    }

    @Override
    public boolean resourceExists(String name) {
      return files.read("templates/" + name + ".html").isPresent();
    }
  }

  /** {@code fill}: a message's placeholders; {@code size}: bytes for people. */
  private static final class Filters extends AbstractExtension {
    @Override
    public Map<String, Filter> getFilters() {
      return Map.of("fill", new Fill(), "size", new Size());
    }
  }

  private static final class Fill implements Filter {
    @Override
    public List<String> getArgumentNames() {
      return List.of("first", "second");
    }

    @Override
    public Object apply(
        Object input,
        Map<String, Object> args,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      return Messages.fill(
          String.valueOf(input), args.getOrDefault("first", ""), args.getOrDefault("second", ""));
    }
  }

  private static final class Size implements Filter {
    @Override
    public List<String> getArgumentNames() {
      return List.of();
    }

    @Override
    public Object apply(
        Object input,
        Map<String, Object> args,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      return new SafeString(size(((Number) input).longValue()));
    }
  }

  static String size(long bytes) {
    if (bytes < 1_024) {
      return bytes + " B";
    }
    return bytes < 1_048_576
        ? String.format(java.util.Locale.ROOT, "%.1f KiB", bytes / 1_024.0)
        : String.format(java.util.Locale.ROOT, "%.1f MiB", bytes / 1_048_576.0);
  }
}
