package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what people entered as values of variables before it goes into the database, with
 * AES-256-GCM (NIST SP 800-38D). A value is bound to its place by the additional data: moved to
 * another machine or name it cannot be opened.
 *
 * <p>The keys stand in {@code state/secrets.key}, a line each, "id key"; the first one encrypts,
 * all of them decrypt. Whoever has the state folder has both the key and the database: this
 * protects backups, copies and disks of the database alone, and a database on another host.
 */
final class SecretBox {
  static final String FILE = "secrets.key";

  private static final int KEY_BYTES = 32;
  private static final int ID_BYTES = 4;

  /** SP 800-38D §8.2.2: random, 96 bits; good for 2^32 values under one key. */
  private static final int IV_BYTES = 12;

  private static final int TAG_BITS = 128;

  private final Path file;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, SecretKey> keys = new LinkedHashMap<>();

  /** An encrypted value and the name of its key. */
  record Sealed(String keyId, String content) {}

  private SecretBox(Path file) {
    this.file = file;
  }

  /**
   * Reads the keys.
   *
   * @param mayMake whether a first key may be made: not when something is encrypted already
   * @throws StoreFailure when the file cannot be used, or is missing and must not be made
   */
  static SecretBox open(Path stateFolder, boolean mayMake) throws StoreFailure {
    SecretBox box = new SecretBox(stateFolder.resolve(FILE));
    try {
      if (Files.exists(box.file)) {
        box.read();
      } else if (mayMake) {
        box.add();
        box.write();
      }
    } catch (IOException e) {
      throw new StoreFailure(
          "the keys in " + box.file + " cannot be read or written (" + e + ")", e);
    }
    return box;
  }

  Path file() {
    return file;
  }

  boolean has(String keyId) {
    return keys.containsKey(keyId);
  }

  /** The key that encrypts; empty when there is none. */
  String current() {
    return keys.keySet().stream().findFirst().orElse("");
  }

  /** A new first key, on the disk when this returns; the old ones stay and decrypt. */
  void rotate() throws StoreFailure {
    try {
      add();
      write();
    } catch (IOException e) {
      throw new StoreFailure("cannot write " + file + " (" + e + ")", e);
    }
  }

  /** Encrypts a value for the place that {@code place} names. */
  Sealed seal(String value, String... place) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    String id = current();
    byte[] closed = run(Cipher.ENCRYPT_MODE, id, iv, place, value.getBytes(StandardCharsets.UTF_8));
    byte[] both = ByteBuffer.allocate(iv.length + closed.length).put(iv).put(closed).array();
    return new Sealed(id, Base64.getEncoder().encodeToString(both));
  }

  /**
   * Decrypts.
   *
   * @throws IllegalStateException when it was altered, or moved from another place
   */
  String open(Sealed sealed, String... place) {
    byte[] both = Base64.getDecoder().decode(sealed.content());
    byte[] iv = java.util.Arrays.copyOf(both, IV_BYTES);
    byte[] closed = java.util.Arrays.copyOfRange(both, IV_BYTES, both.length);
    return new String(
        run(Cipher.DECRYPT_MODE, sealed.keyId(), iv, place, closed), StandardCharsets.UTF_8);
  }

  private byte[] run(int mode, String id, byte[] iv, String[] place, byte[] input) {
    SecretKey key = keys.get(id);
    if (key == null) {
      throw new IllegalStateException("no key " + id + " in " + file);
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
      cipher.updateAAD(String.join("\0", place).getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the value of " + String.join(" ", place) + " does not fit its key or was altered", e);
    }
  }

  private void add() {
    byte[] id = new byte[ID_BYTES];
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(id);
    random.nextBytes(key);
    Map<String, SecretKey> older = new LinkedHashMap<>(keys);
    keys.clear();
    keys.put(HexFormat.of().formatHex(id), new SecretKeySpec(key, "AES"));
    keys.putAll(older);
  }

  private void read() throws IOException, StoreFailure {
    Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
    if (!Collections.disjoint(
        open,
        Set.of(
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE))) {
      // As ssh does: a key that others could read is no key, and people must be told.
      throw refusal("can be read or written by others; chmod 600 it, and think of who read it");
    }
    for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.strip().split(" +", -1);
      if (words.length != 2 || !words[0].matches("[0-9a-f]{8}") || key(words[1]).length == 0) {
        throw refusal("holds a line that is no key");
      }
      keys.putIfAbsent(words[0], new SecretKeySpec(key(words[1]), "AES"));
    }
    if (keys.isEmpty()) {
      throw refusal("holds no key");
    }
  }

  private static byte[] key(String text) {
    try {
      byte[] key = Base64.getDecoder().decode(text);
      return key.length == KEY_BYTES ? key : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private StoreFailure refusal(String why) {
    String message = file + ", the keys of the secrets in the database, " + why;
    return new StoreFailure(message, new IllegalStateException(why));
  }

  /** Whole or not at all, and on the disk before anything is encrypted with it. */
  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Arranque: keys of the secrets in the database; the first encrypts. Keep a copy");
    lines.add("# of this file apart from the copies of the database.");
    keys.forEach(
        (id, key) -> lines.add(id + " " + Base64.getEncoder().encodeToString(key.getEncoded())));
    Path fresh = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(fresh);
    try {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw new IOException("somebody else is writing " + fresh, e);
    }
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      out.write(
          ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII)));
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
      folder.force(true);
    }
  }
}
