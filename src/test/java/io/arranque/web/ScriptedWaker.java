package io.arranque.web;

import io.arranque.address.Mac;
import io.arranque.timeline.Reason;
import io.arranque.wake.WakeNews;
import io.arranque.wake.WakeOrder;
import io.arranque.wake.WakeService;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Wakes as the test says. */
public final class ScriptedWaker implements WakeService {
  private final List<Order> orders = new CopyOnWriteArrayList<>();

  /** What was ordered. */
  public static final class Order implements WakeOrder {
    public final List<Mac> macs;
    final String by;
    private final Consumer<WakeNews> news;
    public volatile boolean stopped;

    private Order(List<Mac> macs, String by, Consumer<WakeNews> news) {
      this.macs = macs;
      this.by = by;
      this.news = news;
    }

    public void tell(Mac mac, WakeNews.State state, Reason reason) {
      news.accept(new WakeNews(mac, state, reason, ""));
    }

    @Override
    public void stop() {
      stopped = true;
    }
  }

  public List<Order> orders() {
    return orders;
  }

  @Override
  public WakeOrder begin(Collection<Mac> macs, String by, Consumer<WakeNews> news) {
    Order order = new Order(List.copyOf(macs), by, news);
    orders.add(order);
    return order;
  }
}
