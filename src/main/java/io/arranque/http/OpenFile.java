package io.arranque.http;

import io.arranque.http.FileReply.Version;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * An open file and what goes into the heads of answers made from it. Shared by the downloads of one
 * event loop, and closed when the last of them has ended and the cache has let go.
 *
 * <p>However the name is used meanwhile: who has begun to read goes on in the same file.
 */
final class OpenFile {
  final FileChannel channel;
  final Version version;

  /** Header lines that say what the file is. */
  final byte[] description;

  /** All of it, for a small one; else null. */
  final byte @Nullable [] content;

  /** Holders; the cache is one. */
  int holders = 1;

  OpenFile(FileChannel channel, Version version, String contentType, byte @Nullable [] content) {
    this.channel = channel;
    this.version = version;
    this.content = content;
    this.description =
        new HeadWriter()
            .header("content-type", contentType)
            .header("etag", version.tag())
            .header("last-modified", HttpDate.text(version.modified()))
            .header("accept-ranges", "bytes")
            .copy();
  }
}
