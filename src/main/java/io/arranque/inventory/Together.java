package io.arranque.inventory;

/** Port: changes of several books that are all made, or none of them. */
@FunctionalInterface
public interface Together {
  /**
   * Does the work on the calling thread, with nobody else changing these books meanwhile. What it
   * commits is written as one transaction; views and listeners know of it when that is on the disk.
   *
   * @throws StoreFailure when something could not be written, or the work threw it; nothing has
   *     changed then, nor after any other exception of the work
   */
  void make(Work work) throws StoreFailure;

  /** Commits to each book once. */
  @FunctionalInterface
  interface Work {
    void run() throws StoreFailure;
  }
}
