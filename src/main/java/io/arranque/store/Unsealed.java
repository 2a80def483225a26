package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database that is being opened, in which values may still stand as plain text. */
record Unsealed(Connected connected, SealedVars vars) {
  private static final Logger log = LoggerFactory.getLogger(Unsealed.class);

  /**
   * Finds the keys, or makes the first.
   *
   * @throws StoreFailure when the keys of what is in the database are not there
   */
  static Unsealed of(Connected connected, Path stateFolder) throws StoreFailure {
    boolean none = connected.jdbi().withHandle(handle -> !SealedVars.any(handle));
    SealedVars vars = new SealedVars(SecretBox.open(stateFolder, none));
    connected.jdbi().<StoreFailure>useHandle(vars::check);
    return new Unsealed(connected, vars);
  }

  /**
   * Encrypts what is plain, or has an older key. The file is then written anew: H2 leaves what was
   * overwritten in it for a while.
   *
   * @return the database to go on with
   */
  Connected sealed(String url) throws SQLException, JdbiException {
    int changed = connected.jdbi().inTransaction(vars::seal);
    if (changed == 0) {
      return connected;
    }
    log.info("encrypted {} values of variables in the database", changed);
    if (!Connected.isEmbedded(url)) {
      return connected;
    }
    connected.sync().await();
    connected.closeAndRewrite();
    return Connected.open(url);
  }
}
