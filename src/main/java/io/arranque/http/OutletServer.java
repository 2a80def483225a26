package io.arranque.http;

import io.arranque.timeline.BootEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedInput;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What leaves a connection: gathers small answers into one write, sends files past the program's
 * memory. Belongs to its connection.
 */
// A failed write closes the connection; nothing follows a close.
@SuppressWarnings("FutureReturnValueIgnored")
final class OutletServer {
  private static final int ROOM = 512;

  private final LoopServer loop;
  private final ChannelHandlerContext ctx;
  private final boolean encrypted;
  private @Nullable ByteBuf gathered;
  private List<BootEvent> unrecorded = List.of();

  OutletServer(LoopServer loop, ChannelHandlerContext ctx) {
    this.loop = loop;
    this.ctx = ctx;
    this.encrypted = ctx.pipeline().get(SslHandler.class) != null;
  }

  /** Goes out with the next {@link #flush}. */
  void add(HeadWriter head) {
    room(head.length()).writeBytes(head.octets(), 0, head.length());
  }

  void add(byte[] octets, int from, int count) {
    room(count).writeBytes(octets, from, count);
  }

  /** To be recorded when what was added so far has been sent. */
  void recordWhenSent(BootEvent event) {
    if (unrecorded.isEmpty()) {
      unrecorded = new ArrayList<>();
    }
    unrecorded.add(event);
  }

  boolean isFull() {
    ByteBuf waiting = gathered;
    return !ctx.channel().isWritable() || (waiting != null && waiting.readableBytes() > 64 * 1024);
  }

  /** Octets that the client did not take yet. */
  long pending() {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  void flush() {
    ByteBuf out = gathered;
    if (out == null) {
      return;
    }
    gathered = null;
    if (unrecorded.isEmpty()) {
      ctx.writeAndFlush(out, promise());
      return;
    }
    List<BootEvent> events = unrecorded;
    unrecorded = List.of();
    ctx.writeAndFlush(out)
        .addListener(
            sent -> {
              if (sent.isSuccess()) {
                events.forEach(loop.wiring.timeline()::record);
              } else {
                ctx.close();
              }
            });
  }

  /** Sends what was added, then the file's part; {@code done} hears how it ended. */
  Pace.Moving send(OpenFile file, long first, long length, ChannelFutureListener done) {
    if (encrypted) {
      var chunks = new FileChunks(loop.files, file, first, length);
      flush();
      ctx.writeAndFlush(chunks).addListener(done);
      return chunks;
    }
    var region = loop.files.region(file, first, length);
    cork(true);
    ByteBuf out = gathered;
    if (out != null) {
      gathered = null;
      ctx.write(out, promise());
    }
    ctx.writeAndFlush(region)
        .addListener(
            sent -> {
              cork(false);
              done.operationComplete((ChannelFuture) sent);
            });
    return region::transferred;
  }

  void finish() {
    ByteBuf out = gathered;
    if (out != null) {
      gathered = null;
      out.release();
    }
  }

  /** Of a failed write the connection hears in any case. */
  private ChannelPromise promise() {
    return encrypted ? ctx.newPromise() : ctx.voidPromise();
  }

  /** Head and file in full frames: without, each head would leave in a packet of its own. */
  private void cork(boolean on) {
    if (ctx.channel().isActive() && ctx.channel() instanceof EpollSocketChannel channel) {
      channel.config().setTcpCork(on);
    }
  }

  private ByteBuf room(int count) {
    ByteBuf out = gathered;
    if (out == null) {
      out = ctx.alloc().directBuffer(Math.max(ROOM, count));
      gathered = out;
    }
    return out;
  }

  /** A file's part as pieces to be encrypted, of which only a few are in memory at once. */
  private static final class FileChunks implements ChunkedInput<ByteBuf>, Pace.Moving {
    private static final int CHUNK = 32 * 1024;

    private final FilesServer files;
    private final OpenFile file;
    private final long first;
    private final long length;
    private long done;
    private boolean closed;

    FileChunks(FilesServer files, OpenFile file, long first, long length) {
      this.files = files;
      this.file = file;
      this.first = first;
      this.length = length;
      file.holders++;
    }

    @Override
    public boolean isEndOfInput() {
      return done == length;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        files.release(file);
      }
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // deprecated by the interface, which still demands it
    public @Nullable ByteBuf readChunk(ChannelHandlerContext ctx) throws IOException {
      return readChunk(ctx.alloc());
    }

    @Override
    public @Nullable ByteBuf readChunk(ByteBufAllocator allocator) throws IOException {
      int wanted = (int) Math.min(CHUNK, length - done);
      ByteBuf chunk = allocator.directBuffer(wanted);
      int read = -1;
      try {
        read = chunk.writeBytes(file.channel, first + done, wanted);
      } finally {
        if (read <= 0) {
          chunk.release();
        }
      }
      if (read <= 0) {
        throw new EOFException("the file became shorter while it was sent");
      }
      done += read;
      return chunk;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public long progress() {
      return done;
    }

    @Override
    public long transferred() {
      return done;
    }
  }
}
