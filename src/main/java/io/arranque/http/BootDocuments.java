package io.arranque.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Documents rendered for boots under way: within one boot a document stays the same, whatever is
 * edited meanwhile. Bounded; what falls out, or is lost by a restart, is rendered anew.
 * Thread-safe.
 */
final class BootDocuments {
  private final long maxCharacters;
  private final LinkedHashMap<Key, Kept> kept = new LinkedHashMap<>(64, 0.75f, true);
  private long characters;

  private record Key(String nonce, String name) {}

  /**
   * @param texts by path; a document that is no archive has one
   * @param secrets the names of those in it
   */
  record Kept(SortedMap<String, String> texts, SortedSet<String> secrets) {}

  BootDocuments(long maxCharacters) {
    this.maxCharacters = maxCharacters;
  }

  /** Null when it was not rendered yet, or fell out. */
  synchronized @Nullable Kept find(String nonce, String name) {
    return kept.get(new Key(nonce, name));
  }

  /** Those with secrets of a boot that is over. */
  synchronized void forget(String nonce) {
    kept.entrySet()
        .removeIf(
            one -> {
              boolean over =
                  one.getKey().nonce().equals(nonce) && !one.getValue().secrets().isEmpty();
              characters -= over ? size(one.getValue()) : 0;
              return over;
            });
  }

  synchronized void keep(String nonce, String name, Kept fresh) {
    Kept before = kept.put(new Key(nonce, name), fresh);
    characters += size(fresh) - (before == null ? 0 : size(before));
    var eldest = kept.entrySet().iterator();
    while (characters > maxCharacters && eldest.hasNext()) {
      characters -= size(eldest.next().getValue());
      eldest.remove();
    }
  }

  private static long size(Kept one) {
    long size = 100;
    for (Map.Entry<String, String> text : one.texts().entrySet()) {
      size += text.getKey().length() + text.getValue().length();
    }
    return size;
  }
}
