package io.arranque.web.people;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.people.People;
import java.io.IOException;
import java.util.Optional;

/**
 * What the command line does with users and tokens: on the state folder, or by the running
 * appliance. Refuses with {@link PeopleRefused}.
 */
public interface PeopleOffice {
  People people() throws StoreFailure, IOException;

  void addUser(String name, Grant grant, String password) throws StoreFailure, IOException;

  void changeGrant(String name, Grant grant) throws StoreFailure, IOException;

  void changeActive(String name, boolean active) throws StoreFailure, IOException;

  void changePassword(String name, String password) throws StoreFailure, IOException;

  void removeUser(String name) throws StoreFailure, IOException;

  /**
   * @param days empty: good for ever
   * @return the token, which is shown this once
   */
  String addToken(String name, Grant grant, Optional<Integer> days)
      throws StoreFailure, IOException;

  void revokeToken(String id) throws StoreFailure, IOException;
}
