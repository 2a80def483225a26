package io.arranque.wake;

import io.arranque.address.Mac;
import io.arranque.timeline.Reason;
import java.util.Collection;
import java.util.function.Consumer;

/** Port: switches machines on, and tells how that goes. Thread-safe. */
public interface WakeService extends Waker {
  /** Where nothing can be woken: each machine is refused. */
  WakeService NONE =
      (macs, by, news) -> {
        macs.forEach(
            mac ->
                news.accept(new WakeNews(mac, WakeNews.State.FAILED, Reason.WAKE_NO_SEGMENT, "")));
        return () -> {};
      };

  /**
   * Begins and returns at once.
   *
   * @param by who, for the timeline
   * @param news hears of each machine, on the thread that wakes: be quick
   */
  WakeOrder begin(Collection<Mac> macs, String by, Consumer<WakeNews> news);

  @Override
  default void wake(Collection<Mac> macs, String by) {
    WakeOrder unused = begin(macs, by, news -> {});
  }
}
