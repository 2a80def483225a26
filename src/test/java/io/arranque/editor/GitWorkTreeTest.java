package io.arranque.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.editor.GitWorkTree.Committed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitWorkTreeTest {
  @TempDir private Path place;
  private Path site;

  @BeforeEach
  void repository() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "needs git");
    // The site lies inside of a repository and need not be all of it.
    site = Files.createDirectories(place.resolve("repo/site"));
    git("init", "--quiet");
    Files.writeString(site.resolve("a"), "1\n");
    Files.writeString(site.resolve("b"), "1\n");
    git("add", ".");
    git("-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-m", "first");
  }

  @Test
  void a_save_is_one_commit_of_one_file_by_who_made_it() throws Exception {
    Files.writeString(site.resolve("a"), "2\n");
    Files.writeString(site.resolve("b"), "half done\n");
    git("add", "site/b");

    Committed committed = new GitWorkTree(site).commit(List.of("a"), "ana", "Edit a on the page");

    assertThat(committed.trouble()).isEmpty();
    assertThat(git("log", "-1", "--format=%h|%an <%ae>|%cn|%s"))
        .isEqualTo(
            committed.id().orElseThrow() + "|ana <ana@arranque>|Arranque|Edit a on the page");
    assertThat(git("show", "--name-only", "--format=")).isEqualTo("site/a");
    // What somebody else was about to commit still waits for him.
    assertThat(git("diff", "--cached", "--name-only")).isEqualTo("site/b");
  }

  @Test
  void new_files_and_files_that_went_are_committed_too() throws Exception {
    Files.delete(site.resolve("a"));
    Files.writeString(site.resolve("--force"), "");
    Files.writeString(site.resolve("*"), "");
    assertThat(new GitWorkTree(site).commit(List.of("a", "--force", "*"), "ana", "x").trouble())
        .isEmpty();
    assertThat(git("ls-files")).isEqualTo("site/*\nsite/--force\nsite/b");
  }

  @Test
  void the_repositorys_hooks_do_not_run() throws Exception {
    for (String hook : List.of("pre-commit", "commit-msg", "post-commit")) {
      Path file = place.resolve("repo/.git/hooks").resolve(hook);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "#!/bin/sh\ntouch " + place.resolve("ran") + "\nexit 1\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    Files.writeString(site.resolve("a"), "2\n");
    assertThat(new GitWorkTree(site).commit(List.of("a"), "ana", "x").id()).isPresent();
    assertThat(place.resolve("ran")).doesNotExist();
  }

  @Test
  void outside_of_a_repository_nothing_is_wrong_and_nothing_done() throws Exception {
    Path bare = Files.createDirectory(place.resolve("bare"));
    assertThat(new GitWorkTree(bare).commit(List.of("a"), "ana", "x"))
        .isEqualTo(GitWorkTree.NOTHING);
  }

  @Test
  void what_git_refuses_is_told_in_its_words() throws Exception {
    Files.writeString(site.resolve(".gitignore"), "c\n");
    Files.writeString(site.resolve("c"), "secret\n");
    Committed ignored = new GitWorkTree(site).commit(List.of("c"), "ana", "x");
    assertThat(ignored.id()).isEmpty();
    assertThat(ignored.trouble().orElseThrow()).contains("ignored");
  }

  @Test
  void a_name_is_no_more_than_a_name() {
    assertThat(GitWorkTree.author("ana")).isEqualTo("ana <ana@arranque>");
    assertThat(GitWorkTree.author("token:nightly (leo)"))
        .isEqualTo("token:nightly (leo) <token-nightly--leo-@arranque>");
    assertThat(GitWorkTree.author("x> <y\n--amend")).doesNotContain("\n").endsWith("@arranque>");
    assertThat(GitWorkTree.author("<>")).isEqualTo("somebody <somebody@arranque>");
  }

  private String git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(place.resolve("repo").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }
}
