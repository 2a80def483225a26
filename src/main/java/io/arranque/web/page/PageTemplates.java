package io.arranque.web.page;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
            .extension(new PageFilters())
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
}
