package io.arranque.web;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The 256 colours that a picture has most of. Java's own way dithers, which looks like paper. */
final class Palette {
  private static final int COLOURS = 256;

  /** Of eight bits of each channel so many are kept: letters' edges are greys of many kinds. */
  private static final int ROUNDED = 0xf8f8f8;

  private final int[] colours;
  private final Map<Integer, Integer> nearest = new HashMap<>();

  private Palette(int[] colours) {
    this.colours = colours;
  }

  static Palette of(BufferedImage image) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        counts.merge(image.getRGB(x, y) & 0xffffff, 1, Integer::sum);
      }
    }
    Map<Integer, Integer> groups = new HashMap<>();
    Map<Integer, Integer> spokesman = new HashMap<>();
    counts.forEach(
        (colour, count) -> {
          groups.merge(colour & ROUNDED, count, Integer::sum);
          spokesman.merge(
              colour & ROUNDED, colour, (a, b) -> counts.get(a) >= counts.get(b) ? a : b);
        });
    List<Integer> most =
        groups.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(COLOURS)
            .map(entry -> spokesman.get(entry.getKey()))
            .toList();
    return new Palette(most.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The picture in these colours. */
  BufferedImage applied(BufferedImage image) {
    IndexColorModel model =
        new IndexColorModel(
            8, colours.length, colours, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
    BufferedImage small =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int colour = image.getRGB(x, y) & 0xffffff;
        small.getRaster().setSample(x, y, 0, nearest.computeIfAbsent(colour, this::nearest));
      }
    }
    return small;
  }

  private int nearest(int colour) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < colours.length; i++) {
      int distance = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        int difference = (colour >> shift & 0xff) - (colours[i] >> shift & 0xff);
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }
}
