package io.arranque.cli;

import io.arranque.http.MissingFiles;
import io.arranque.images.Pull;
import io.arranque.images.PullCache;
import java.util.Optional;

/** The cache of images, as the boot plane asks for it. */
record CachedImages(PullCache cache) implements MissingFiles {
  @Override
  public Optional<Coming> fetch(String path) {
    return cache.fetch(path).map(CachedFile::new);
  }

  private record CachedFile(Pull pull) implements Coming {
    @Override
    public Status status() {
      return status(pull.look());
    }

    @Override
    public void whenMoved(Status seen, Runnable then) {
      Pull.Look now = pull.look();
      if (status(now).equals(seen)) {
        pull.whenMoved(now, then);
      } else {
        then.run();
      }
    }

    private Status status(Pull.Look look) {
      State state =
          switch (look.state()) {
            case COMING -> State.COMING;
            case THERE -> State.THERE;
            case UNREACHABLE -> State.UNREACHABLE;
            case BROKEN -> State.BROKEN;
          };
      return new Status(state, pull.part(), look.have(), look.total(), look.attempt());
    }
  }
}
