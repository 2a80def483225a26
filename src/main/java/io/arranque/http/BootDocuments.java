package io.arranque.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Documents rendered for boots under way: within one boot a document stays the same, whatever is
 * edited meanwhile. Bounded; what falls out, or is lost by a restart, is rendered anew.
 * Thread-safe.
 */
final class BootDocuments {
  private final long maxCharacters;
  private final LinkedHashMap<Key, SortedMap<String, String>> kept =
      new LinkedHashMap<>(64, 0.75f, true);
  private long characters;

  private record Key(String nonce, String name) {}

  BootDocuments(long maxCharacters) {
    this.maxCharacters = maxCharacters;
  }

  /** By path; null when it was not rendered yet, or fell out. */
  synchronized @Nullable SortedMap<String, String> find(String nonce, String name) {
    return kept.get(new Key(nonce, name));
  }

  /**
   * @param texts by path; a document that is no archive has one
   */
  synchronized void keep(String nonce, String name, SortedMap<String, String> texts) {
    SortedMap<String, String> before = kept.put(new Key(nonce, name), texts);
    characters += size(texts) - (before == null ? 0 : size(before));
    var eldest = kept.entrySet().iterator();
    while (characters > maxCharacters && eldest.hasNext()) {
      characters -= size(eldest.next().getValue());
      eldest.remove();
    }
  }

  private static long size(Map<String, String> texts) {
    long size = 100;
    for (Map.Entry<String, String> text : texts.entrySet()) {
      size += text.getKey().length() + text.getValue().length();
    }
    return size;
  }
}
