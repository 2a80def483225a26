package io.arranque.web.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.editor.FileFailure;
import io.arranque.editor.FileText;
import io.arranque.editor.SitePath;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.web.access.Guard;
import io.arranque.web.base.Fault;
import io.arranque.web.files.FileDesk.Looked;
import io.arranque.web.files.FileSaves.Saved;
import io.arranque.web.files.FileSaves.Wish;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The site's files and roles for programs. What they send is stored as it is, byte for byte. */
final class FileApi {
  private static final String API = "/api/v1";
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** JSON writes some characters in six. */
  private static final int BODY_MAX = 7 * FileText.LARGEST;

  private final FileDesk files;
  private final FileSaves saves;
  private final RoleDesk roles;
  private final ObjectMapper json;

  FileApi(FileDesk files, FileSaves saves, RoleDesk roles, ObjectMapper json) {
    this.files = files;
    this.saves = saves;
    this.roles = roles;
    this.json = json;
  }

  void routes(RoutesConfig routes) {
    routes.get(API + "/files", this::list);
    routes.post(API + "/files/check", this::check);
    routes.get(API + "/files/<path>", this::read);
    routes.put(API + "/files/<path>", this::write);
    routes.delete(API + "/files/<path>", this::delete);
    routes.get(API + "/roles/{name}", this::role);
  }

  private static Grant grant(Context ctx) {
    return Guard.caller(ctx).grant();
  }

  private static SitePath path(Context ctx) {
    return FileDesk.path(ctx.pathParam("path"));
  }

  private void list(Context ctx) {
    send(ctx, Map.of("files", files.list(grant(ctx)).stream().map(FileViews::file).toList()));
  }

  private void read(Context ctx) throws FileFailure {
    FileText file = files.open(grant(ctx), path(ctx));
    if (!file.exists()) {
      throw Fault.notFound("There is no file " + path(ctx) + ".");
    }
    ctx.header("ETag", tag(file));
    ctx.contentType("text/plain; charset=utf-8");
    ctx.result(file.raw());
  }

  /** {@code If-Match} with the ETag that was read, or {@code If-None-Match: *} for a new file. */
  private void write(Context ctx) throws FileFailure, StoreFailure, IOException {
    SitePath path = path(ctx);
    Wish wish = new Wish(path, Optional.of(text(body(ctx, FileText.LARGEST))), expected(ctx));
    Saved saved = saves.save(ctx, wish, accepted(ctx));
    ctx.status(wish.expected().equals(FileText.NONE) ? 201 : 200);
    ctx.header("ETag", tag(saved.file()));
    send(ctx, FileViews.saved(path, saved));
  }

  private void delete(Context ctx) throws FileFailure, StoreFailure {
    saves.save(ctx, new Wish(path(ctx), Optional.empty(), expected(ctx)), accepted(ctx));
    ctx.status(204);
  }

  private static String expected(Context ctx) {
    String match = ctx.header("If-Match");
    if (match != null) {
      return match.strip().replaceAll("^\"|\"$", "");
    }
    if ("*".equals(ctx.header("If-None-Match"))) {
      return FileText.NONE;
    }
    throw new Fault(
        428, "If-Match: wanted the ETag that was read, or If-None-Match: * for a new file");
  }

  private static boolean accepted(Context ctx) {
    return "accept".equals(ctx.queryParam("warnings"));
  }

  /**
   * {@code { "path": …, "text": … , "machine": … }}: what is wrong with it, which machines it
   * touches, and how one of them would see it.
   */
  private void check(Context ctx) throws FileFailure, IOException {
    JsonNode body;
    try {
      body = json.readTree(body(ctx, BODY_MAX));
    } catch (JsonProcessingException e) {
      throw new Fault(400, "wanted JSON: " + e.getOriginalMessage());
    }
    if (body == null || !body.path("path").isTextual()) {
      throw new Fault(422, "path: wanted a file of the site");
    }
    JsonNode text = body.path("text");
    if (!text.isTextual() && !text.isNull()) {
      throw new Fault(422, "text: wanted the file's new text, or null for a file that goes");
    }
    SitePath path = FileDesk.path(body.path("path").textValue());
    Optional<String> edited = Optional.ofNullable(text.textValue());
    Looked looked = files.look(grant(ctx), path, edited, body.path("machine").asText(""));
    Map<String, Object> answer = new HashMap<>();
    answer.put("check", looked.check());
    looked.shown().ifPresent(shown -> answer.put("preview", shown));
    answer.put("affected", files.touched(grant(ctx), path, edited, LONGEST, () -> true));
    send(ctx, answer);
  }

  private void role(Context ctx) {
    String name = ctx.pathParam("name");
    send(
        ctx,
        roles.detail(name).orElseThrow(() -> Fault.notFound("There is no role " + name + ".")));
  }

  private static byte[] body(Context ctx, int most) throws IOException {
    byte[] body = ctx.bodyInputStream().readNBytes(most + 1);
    if (body.length > most) {
      throw new Fault(413, "larger than 256 KiB");
    }
    return body;
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Fault(422, "not UTF-8 text");
    }
  }

  private static String tag(FileText file) {
    return "\"" + file.hash() + "\"";
  }

  private void send(Context ctx, Object value) {
    ctx.contentType("application/json");
    try {
      ctx.result(json.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view that Jackson cannot write", e);
    }
  }
}
