package io.arranque.web.people;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.people.People;
import io.arranque.people.PeopleRules;
import io.arranque.people.Who;
import java.util.Optional;

/** The office on a state folder. */
record StateOffice(PeopleDesk desk, Who who) implements PeopleOffice {
  @Override
  public People people() {
    return desk.people();
  }

  @Override
  public void addUser(String name, Grant grant, String password) throws StoreFailure {
    desk.add(who, name, grant, password);
  }

  @Override
  public void changeGrant(String name, Grant grant) throws StoreFailure {
    desk.changeGrant(who, PeopleRules.name(name), grant);
  }

  @Override
  public void changeActive(String name, boolean active) throws StoreFailure {
    desk.changeActive(who, PeopleRules.name(name), active);
  }

  @Override
  public void changePassword(String name, String password) throws StoreFailure {
    desk.changePassword(who, PeopleRules.name(name), password);
  }

  @Override
  public void removeUser(String name) throws StoreFailure {
    desk.remove(who, PeopleRules.name(name));
  }

  @Override
  public String addToken(String name, Grant grant, Optional<Integer> days) throws StoreFailure {
    return desk.addToken(who, Grant.ADMINISTRATOR, Optional.empty(), name, grant, days).text();
  }

  @Override
  public void revokeToken(String id) throws StoreFailure {
    desk.revoke(who, id, Optional.empty());
  }
}
