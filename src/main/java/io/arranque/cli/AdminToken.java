package io.arranque.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code state/admin-token}: made at first start, readable by its owner only. */
final class AdminToken {
  private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
  private static final int BYTES = 32;

  /** What fits into an HTTP header; shorter ones are what a full disk or a slip left over. */
  private static final Pattern USABLE = Pattern.compile("[!-~]{32,256}");

  private AdminToken() {}

  /**
   * The token of this state folder, made if there is none yet or it is damaged.
   *
   * @throws IOException with a message for the operator
   */
  static String of(Path state) throws IOException {
    Optional<String> known = read(state);
    if (known.isPresent()) {
      return known.get();
    }
    Path file = file(state);
    if (Files.exists(file)) {
      LOG.warn("{} cannot be read or is no token; a new one is written", file);
    }
    try {
      return write(file);
    } catch (IOException e) {
      throw new IOException("cannot write the administrator's token " + file + ": " + reason(e), e);
    }
  }

  private static String write(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    Files.deleteIfExists(file);
    // Created with its mode, not changed to it: there is no moment at which others could read it.
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, token + "\n");
    return token;
  }

  /** Of a file's exception the message alone is often no more than the file's name. */
  private static String reason(IOException e) {
    return e instanceof FileSystemException ? e.toString() : String.valueOf(e.getMessage());
  }

  /** The token, if one was made and may be read. */
  static Optional<String> read(Path state) {
    try {
      return Optional.of(Files.readString(file(state)).strip())
          .filter(token -> USABLE.matcher(token).matches());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Path file(Path state) {
    return state.resolve("admin-token");
  }
}
