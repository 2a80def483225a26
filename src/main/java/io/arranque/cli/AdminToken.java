package io.arranque.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** {@code state/admin-token}: made at first start, readable by its owner only. */
final class AdminToken {
  private static final int BYTES = 32;

  private AdminToken() {}

  /** The token of this state folder, made if there is none yet. */
  static String of(Path state) throws IOException {
    Optional<String> known = read(state);
    if (known.isPresent()) {
      return known.get();
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    Path file = file(state);
    Files.deleteIfExists(file);
    // Created with its mode, not changed to it: there is no moment at which others could read it.
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, token + "\n");
    return token;
  }

  /** The token, if one was made and may be read. */
  static Optional<String> read(Path state) {
    try {
      String token = Files.readString(file(state)).strip();
      return token.isEmpty() ? Optional.empty() : Optional.of(token);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Path file(Path state) {
    return state.resolve("admin-token");
  }
}
